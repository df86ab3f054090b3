import type { Archive } from '@waybill/archive'
import type { CallerView } from '../../access/caller-view.js'
import { maskedRecord } from '../../access/without-content.js'

/** What the archive knows of messages, as the caller may see it: details and earlier texts are content. */
export function visibleRecords(archive: Archive, { seesContent }: CallerView): Pick<Archive, 'records'> {
  if (seesContent) return archive
  return {
    records: async (source, ids) => {
      const records = await archive.records(source, ids)
      return new Map([...records].map(([id, record]) => [id, maskedRecord(record)] as const))
    },
  }
}
