import type { Archive, ArchiveRecord, ArchiveStatus } from '@waybill/archive'
import DataLoader from 'dataloader'
import { archivedRecords, type MessageKey } from '../sources/archived-records.js'

/** Reads for one operation what the archive knows: one query for all messages of a source. */
export interface ArchiveLoaders {
  /** What became of a message; null where it is not kept. No promise once it has been read. */
  record(key: MessageKey): ArchiveRecord | null | Promise<ArchiveRecord | null>
  /** What is kept of a source; null where nothing is. */
  status(source: string): Promise<ArchiveStatus | null>
}

export function createArchiveLoaders(archive: Archive | null): ArchiveLoaders {
  if (archive === null) return { record: () => null, status: async () => null }
  const statuses = new DataLoader<string, ArchiveStatus>((sources) =>
    Promise.all(sources.map((source) => archive.status(source))),
  )
  return { record: createRecordLoader(archive), status: (source) => statuses.load(source) }
}

function createRecordLoader(archive: Archive): ArchiveLoaders['record'] {
  const known = new Map<string, ArchiveRecord | null>()
  const records = new DataLoader<MessageKey, ArchiveRecord | null, string>(
    async (keys) => {
      const found = await archivedRecords(archive, keys)
      for (const [index, key] of keys.entries()) known.set(toText(key), found[index] ?? null)
      return found
    },
    { cacheKeyFn: toText },
  )
  return (key) => {
    const record = known.get(toText(key))
    return record === undefined ? records.load(key) : record
  }
}

function toText({ source, upstreamId }: MessageKey): string {
  return JSON.stringify([source, upstreamId])
}
