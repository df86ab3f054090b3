import type { Message } from '@waybill/core'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { fromIdKey } from '../database/encoding.js'
import { whatsappHash } from '../store/message-row.js'

/** Which message. */
export interface MessageKey {
  readonly source: string
  readonly upstreamId: string
}

/** More messages than these have an id of WhatsApp only where an upstream repeats it. */
const MOST_FOUND = 100

/** The messages that have an id of WhatsApp, in the order of their sources and ids. */
export async function findByWhatsappId({ db }: ArchiveDatabase, whatsappId: string): Promise<MessageKey[]> {
  const rows = await db
    .selectFrom('messages')
    .select(['source', 'id_key', 'body'])
    .where('whatsapp_hash', '=', whatsappHash(whatsappId))
    .orderBy('source')
    .orderBy('id_key')
    .limit(MOST_FOUND)
    .execute()
  // Another id may have the same hash.
  return rows
    .filter(({ body }) => (JSON.parse(body) as Pick<Message, 'whatsappId'>).whatsappId === whatsappId)
    .map(({ source, id_key }) => ({ source, upstreamId: fromIdKey(id_key) }))
}
