import type { Archive, ArchiveRecord, ArchiveStatus } from '@waybill/archive'
import DataLoader from 'dataloader'
import { archivedRecords, type MessageKey } from '../sources/archived-records.js'

/** Reads for one operation what the archive knows: one query for all messages of a source. */
export interface ArchiveLoaders {
  /** What became of a message; null where it is not kept. */
  record(key: MessageKey): Promise<ArchiveRecord | null>
  /** What is kept of a source; null where nothing is. */
  status(source: string): Promise<ArchiveStatus | null>
}

export function createArchiveLoaders(archive: Archive | null): ArchiveLoaders {
  if (archive === null) return { record: async () => null, status: async () => null }
  const records = new DataLoader<MessageKey, ArchiveRecord | null, string>(
    (keys) => archivedRecords(archive, keys),
    { cacheKeyFn: ({ source, upstreamId }) => JSON.stringify([source, upstreamId]) },
  )
  const statuses = new DataLoader<string, ArchiveStatus>((sources) =>
    Promise.all(sources.map((source) => archive.status(source))),
  )
  return { record: (key) => records.load(key), status: (source) => statuses.load(source) }
}
