import type { Message } from '@waybill/core'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { toMessage } from '../store/message-row.js'

/** Reads whole messages by their rows' keys. @param withRaw whether the upstream's own objects are wanted. */
export async function loadMessages(
  { db }: ArchiveDatabase,
  rowIds: readonly number[],
  withRaw: boolean,
  signal: AbortSignal | undefined,
): Promise<Map<number, Message>> {
  if (rowIds.length === 0) return new Map()
  const bodies = db
    .selectFrom('messages')
    .select(['row_id', 'body'])
    .where('row_id', 'in', [...rowIds])
  const rows = await abortable(signal, () => bodies.execute())
  const kept = db
    .selectFrom('originals')
    .select(['row_id', 'raw'])
    .where('row_id', 'in', [...rowIds])
  const originals = withRaw ? await abortable(signal, () => kept.execute()) : []
  const raws = new Map(originals.map(({ row_id, raw }) => [row_id, raw]))
  return new Map(rows.map(({ row_id, body }) => [row_id, toMessage(body, raws.get(row_id) ?? null)]))
}
