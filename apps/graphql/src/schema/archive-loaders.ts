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
  const records = new Map<string, DataLoader<string, ArchiveRecord | null>>()
  const statuses = new Map<string, Promise<ArchiveStatus>>()
  return {
    record: ({ source, upstreamId }) =>
      kept(records, source, () => recordLoader(archive, source)).load(upstreamId),
    status: (source) => kept(statuses, source, () => archive.status(source)),
  }
}

/** One for each source: what fails names the source that it was for. */
function recordLoader(archive: Archive, source: string): DataLoader<string, ArchiveRecord | null> {
  return new DataLoader((ids) =>
    archivedRecords(
      archive,
      ids.map((upstreamId) => ({ source, upstreamId })),
    ),
  )
}

function kept<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key)
  if (known !== undefined) return known
  const value = make()
  values.set(key, value)
  return value
}
