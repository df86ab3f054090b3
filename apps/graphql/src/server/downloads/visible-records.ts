import type { Archive } from '@waybill/archive'
import type { CallerView } from '../../access/caller-view.js'

/** What the archive knows of messages, as the caller sees it. */
export function visibleRecords(archive: Archive, { showRecord }: CallerView): Pick<Archive, 'records'> {
  return {
    records: async (source, ids) => {
      const records = await archive.records(source, ids)
      return new Map([...records].map(([id, record]) => [id, showRecord(record)] as const))
    },
  }
}
