import { type Message, toldContact } from '@waybill/core'
import type { Session } from '../database/archive-database.js'
import { encodeValue, isWhole } from '../database/encoding.js'
import type { Draft } from './drafts.js'

/**
 * The other party of messages that do not tell it: the one that all messages of their conversation agree on which do.
 * It can change with every message that tells one, be it older, moved here or moved away. A message that was deleted
 * upstream is still stored, and counts like any other.
 *
 * What a conversation agrees on is read from an index, as the lowest and the highest contact there, so that a message
 * costs the same whatever the size of its conversation. Only where it changes, once or twice in the life of a
 * conversation, the messages that do not tell it are written again.
 */
type AgreedContacts = ReadonlyMap<string, string>

/**
 * What conversations agree on, by their ids; no entry for one that tells nothing, or several contacts. All of it is as it
 * stands in columns.
 */
export async function readAgreedContacts(
  { db, dialect }: Session,
  source: string,
  conversations: Iterable<string>,
): Promise<AgreedContacts> {
  const ids = [...new Set(conversations)]
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom(dialect.tableOf(ids).as('conversation'))
    .select(({ selectFrom }) => {
      const told = selectFrom('messages')
        .select('told_contact')
        .where('source', '=', source)
        .whereRef('interaction_id', '=', 'conversation.value')
        .where('told_contact', 'is not', null)
        .limit(1)
      return [
        'conversation.value as id',
        told.orderBy('told_contact', 'asc').as('lowest'),
        told.orderBy('told_contact', 'desc').as('highest'),
      ]
    })
    .execute()
  return new Map(
    rows.flatMap(({ id, lowest, highest }) =>
      lowest !== null && lowest === highest && isWhole(lowest) ? [[id, lowest] as const] : [],
    ),
  )
}

/** Every conversation that a draft is in, or was in. */
export function conversationsOf({ before, message }: Draft): string[] {
  return [message, ...(before === null ? [] : [before.message])].flatMap(
    (version) => conversationOf(version) ?? [],
  )
}

/**
 * Writes what conversations agree on now into their messages that do not tell it.
 * @param drafts what was written
 * @param before what the conversations of these drafts agreed on before that, which the drafts were written with
 */
export async function updateAgreedContacts(
  transaction: Session,
  source: string,
  drafts: readonly Draft[],
  before: AgreedContacts,
): Promise<void> {
  const conversations = new Set(drafts.filter(isToldDifferently).flatMap(conversationsOf))
  const after = await readAgreedContacts(transaction, source, conversations)
  for (const conversation of conversations) {
    const contact = after.get(conversation)
    if (contact === before.get(conversation)) continue
    await transaction.db
      .updateTable('messages')
      .set({ contact: contact ?? null })
      .where('source', '=', source)
      .where('interaction_id', '=', conversation)
      .where('told_contact', 'is', null)
      .execute()
  }
}

/** Whether a draft tells its conversation something else than before. */
function isToldDifferently({ before, message }: Draft): boolean {
  const was = before === null ? null : toldTo(before.message)
  return was !== toldTo(message)
}

function toldTo(message: Message): string | null {
  const contact = toldContact(message)
  return contact === null || message.interactionId === null
    ? null
    : JSON.stringify([message.interactionId, contact.id])
}

function conversationOf({ interactionId }: Message): string | null {
  return interactionId === null ? null : encodeValue(interactionId)
}
