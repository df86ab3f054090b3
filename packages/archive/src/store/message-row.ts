import { createHash } from 'node:crypto'
import { parseExactJson, searchForm, toldContact, type Contact, type Message } from '@waybill/core'
import { decodeText, encodeText, encodeValue, toIdKey } from '../database/encoding.js'
import type { MessagesTable } from '../database/tables.js'

/** The columns that follow from the message itself. */
export type MessageColumns = Pick<
  MessagesTable,
  | 'id_key'
  | 'sent_at'
  | 'status'
  | 'type'
  | 'direction'
  | 'interaction_id'
  | 'sender'
  | 'recipient'
  | 'told_contact'
  | 'failure_code'
  | 'whatsapp_hash'
  | 'search_text'
  | 'body'
>

/** What messages are counted by. */
export type CountedColumns = Pick<MessagesTable, 'status' | 'type' | 'direction' | 'failure_code'>

export function toCountedColumns({ status, type, direction, failure }: Message): CountedColumns {
  return { status, type, direction, failure_code: encodedValue(failure?.code ?? null) }
}

/**
 * A message in columns to find it by, and whole.
 * @throws TypeError for a message that could be found by nothing: without an id, or without a time.
 */
export function toColumns(message: Message): MessageColumns {
  if (message.upstreamId === '' || !Number.isFinite(message.sentAt)) {
    throw new TypeError(`The message "${message.upstreamId}" has no id or no time, and cannot be archived.`)
  }
  const { raw: _, contact: __, ...body } = message
  return {
    id_key: toIdKey(message.upstreamId),
    sent_at: message.sentAt,
    ...toCountedColumns(message),
    interaction_id: encodedValue(message.interactionId),
    sender: encodedValue(message.from),
    recipient: encodedValue(message.to),
    told_contact: encodedValue(toldContact(message)?.id ?? null),
    whatsapp_hash: message.whatsappId === null ? null : whatsappHash(message.whatsappId),
    search_text: message.text === null ? null : encodeText(searchForm(message.text)),
    body: JSON.stringify(body),
  }
}

/** The bytes of a hash that a number of JavaScript and of both databases holds exactly. */
const HASH_BYTES = 6

/** What a message is found by where WhatsApp's id of it is known: an index of the ids themselves would be several times as large. */
export function whatsappHash(whatsappId: string): number {
  return createHash('sha256').update(whatsappId).digest().readUIntBE(0, HASH_BYTES)
}

/** The columns that a message is read back from. */
export interface StoredColumns extends Pick<MessagesTable, 'body' | 'contact'> {
  /** JSON of the upstream's own object; null or absent where it was not asked for. */
  readonly raw?: string | null
}

/** Reads a message back. */
export function toMessage({ body, contact, raw }: StoredColumns): Message {
  // The same object, which is nobody else's: a page has up to 500 of them.
  const message = JSON.parse(body) as { -readonly [Field in keyof Message]: Message[Field] }
  message.contact = toldContact(message) ?? derivedContact(contact)
  message.raw = raw === null || raw === undefined ? null : parseExactJson(raw)
  return message
}

function derivedContact(column: string | null): Contact | null {
  return column === null ? null : { id: decodeText(column), basis: 'CONVERSATION' }
}

function encodedValue(value: string | null): string | null {
  return value === null ? null : encodeValue(value)
}
