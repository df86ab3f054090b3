import type { ArchiveRecord } from '@waybill/core'
import type { MessageKey } from '../source/whatsapp-ids.js'
import type { Archive } from './archive.js'

/** What the archive knows of messages, in their order, with one query a source; null for those that it does not have. */
export async function archivedRecords(
  archive: Pick<Archive, 'records'>,
  keys: readonly MessageKey[],
): Promise<(ArchiveRecord | null)[]> {
  const bySource = Map.groupBy(keys, ({ source }) => source)
  const found = new Map(
    await Promise.all(
      [...bySource].map(async ([source, own]) => {
        const ids = own.map(({ upstreamId }) => upstreamId)
        return [source, await archive.records(source, ids)] as const
      }),
    ),
  )
  return keys.map(({ source, upstreamId }) => found.get(source)?.get(upstreamId) ?? null)
}
