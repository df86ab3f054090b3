import {
  type Archive,
  type ArchiveRecord,
  type ArchiveStatus,
  archivedRecords,
  type MessageKey,
} from '@waybill/archive'
import DataLoader from 'dataloader'
import type { CallerView } from '../access/caller-view.js'
import { once } from './message-loaders.js'

/** Reads for one operation what the archive knows: one query for all messages of a source. */
export interface ArchiveLoaders {
  /** What became of a message, as the caller sees it; null where it is not kept. No promise once it has been read. */
  record(key: MessageKey): ArchiveRecord | null | Promise<ArchiveRecord | null>
  /** What is kept of a source; null where nothing is. */
  status(source: string): Promise<ArchiveStatus | null>
}

export function createArchiveLoaders(
  archive: Archive | null,
  { showRecord }: Pick<CallerView, 'showRecord'>,
): ArchiveLoaders {
  if (archive === null) return { record: () => null, status: async () => null }
  const records = new Map<string, RecordLoader>()
  const statuses = new Map<string, Promise<ArchiveStatus>>()
  return {
    record: ({ source, upstreamId }) =>
      once(records, source, () => createRecordLoader(archive, source, showRecord))(upstreamId),
    status: (source) => once(statuses, source, () => archive.status(source)),
  }
}

type RecordLoader = (upstreamId: string) => ReturnType<ArchiveLoaders['record']>

/** One for each source: what fails names the source that it was for. */
function createRecordLoader(
  archive: Archive,
  source: string,
  showRecord: CallerView['showRecord'],
): RecordLoader {
  const known = new Map<string, ArchiveRecord | null>()
  const records = new DataLoader<string, ArchiveRecord | null>(async (ids) => {
    const keys = ids.map((upstreamId) => ({ source, upstreamId }))
    const found = (await archivedRecords(archive, keys)).map((record) => record && showRecord(record))
    for (const [index, id] of ids.entries()) known.set(id, found[index] ?? null)
    return found
  })
  return (upstreamId) => {
    const record = known.get(upstreamId)
    return record === undefined ? records.load(upstreamId) : record
  }
}
