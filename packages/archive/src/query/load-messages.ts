import { sql } from 'kysely'
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
  const bodies = db.selectFrom('messages').where('messages.row_id', 'in', [...rowIds])
  const loading = withRaw
    ? bodies
        .leftJoin('originals', 'originals.row_id', 'messages.row_id')
        .select(['messages.row_id', 'body', 'raw'])
    : bodies.select(['messages.row_id', 'body', sql<null>`null`.as('raw')])
  const rows = await abortable(signal, () => loading.execute())
  return new Map(rows.map(({ row_id, body, raw }) => [row_id, toMessage(body, raw)]))
}
