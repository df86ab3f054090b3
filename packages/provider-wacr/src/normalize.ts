/**
 * What WA.cr sends, and how we know: its public documentation names the fields of a message. The envelope around the
 * list it does not show: `envelope.ts` reads it.
 *
 * - A single message is the body itself or `data`.
 * - Integers may come as strings, booleans as 0 and 1. A field that is left out may come as null, as the empty text, as
 *   `[]` or `{}`, for PHP knows no difference, or not at all.
 * - `direction`, `created_at` and `updated_at` can be used in a request but are never in a response. `sent_at` is `time_sent`, or
 *   `created_at` where that is missing.
 * - `type` is an open set; four values of `status` are documented. Both may be null.
 * - With `fields`, what was not asked for is not there.
 * - `message` may hold HTML, for templates. It stays as it is.
 * - Only `status_message` of the single message has the reason of a failure.
 */
import {
  MESSAGE_TYPES,
  normalizePhone,
  type Message,
  type MessageFailure,
  type MessageStatus,
  type MessageType,
  type PageReport,
  type RejectedRow,
  type SingleMessage,
} from '@waybill/core'
import {
  dateTimeSchemaIn,
  integerText,
  invalidResponse,
  isNothing,
  optional,
  parsePart,
  readFigures,
  readPart,
  readRows,
  readWith,
  recordIdSchema,
  valueAt,
  type PartReading,
} from '@waybill/http'
import * as z from 'zod/mini'
import { openEnvelope } from './envelope.js'

const KNOWN_STATUSES: readonly MessageStatus[] = ['SENT', 'DELIVERED', 'READ', 'FAILED']

const flag = readWith('a boolean', (value) => FLAGS.get(value) ?? null)
const identifier = readWith('text or null', (value) => {
  const text = integerText(value)
  return typeof text === 'string' ? text : null
})
const text = optional(z.string('text or null'))
/** The empty word is a word too: unlike null it satisfies `ne` upstream, so it must not become null here. */
const wordSchema = z.pipe(
  z.transform((value: unknown) => (value !== '' && isNothing(value) ? null : value)),
  z.nullable(z.string('text or null')),
)
const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  [false, false],
  [0, false],
  ['0', false],
])

const FIELDS = {
  id: recordIdSchema,
  interaction_id: optional(recordIdSchema),
  sender_id: optional(identifier),
  type: wordSchema,
  message: text,
  status: wordSchema,
  message_id: text,
  is_read: optional(flag),
}
function schemasFor(timeZone: string) {
  const dateTime = dateTimeSchemaIn(timeZone)
  return {
    listedItem: z.object({ ...FIELDS, sent_at: dateTime }, 'an object'),
    singleItem: z.object(
      {
        ...FIELDS,
        sent_at: optional(dateTime),
        status_message: text,
        ref_message_id: optional(identifier),
        url: text,
        staff_id: optional(recordIdSchema),
      },
      'an object',
    ),
  }
}

type Schemas = ReturnType<typeof schemasFor>

/** A page that could be read. */
export interface WacrPage {
  /** In the order in which they came. */
  readonly messages: readonly Message[]
  readonly rejected: readonly RejectedRow[]
  readonly report: PageReport
}

/** Reads what WA.cr sends. */
export interface WacrReader {
  /**
   * A page of the list in any of its envelopes. A row that cannot be read is set aside.
   *
   * @throws UpstreamError UPSTREAM_INVALID_RESPONSE if the body has no list.
   */
  readPage(body: unknown, source: string): WacrPage
  /**
   * A single message; `message` is null if it has no time.
   *
   * @param upstreamId The id that was asked for.
   * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming the place that is not as documented.
   */
  readSingle(body: unknown, upstreamId: string, source: string): SingleMessage
}

/** @param timeZone The zone of times that are sent without one: an IANA name. */
export function createReader(timeZone: string): WacrReader {
  const schemas = schemasFor(timeZone)
  return {
    readPage: (body, source) => readPage(schemas, body, source),
    readSingle: (body, upstreamId, source) => readSingle(schemas, body, upstreamId, source),
  }
}

function readPage({ listedItem }: Schemas, body: unknown, source: string): WacrPage {
  const { items, at, figures } = openEnvelope(body, source)
  const { rows, rejected } = readRows(items, {
    at,
    read: (item, itemAt) => readListed(listedItem, item, itemAt),
    idOf: ({ upstreamId }) => upstreamId,
    idIn: (item) => valueAt(item, ['id']),
  })
  return { messages: rows, rejected, report: readFigures(figures) }
}

function readListed(listedItem: Schemas['listedItem'], item: unknown, at: string): PartReading<Message> {
  const reading = readPart(listedItem, item, at)
  if (!reading.ok) return reading
  return { ok: true, value: normalize(reading.value, reading.value.sent_at, null, item) }
}

function readSingle(
  { singleItem }: Schemas,
  body: unknown,
  upstreamId: string,
  source: string,
): SingleMessage {
  const [item, at] = valueAt(body, ['id']) === undefined ? [valueAt(body, ['data']), 'data'] : [body, '']
  const fields = parsePart(singleItem, item, at, source)
  if (fields.id !== upstreamId) {
    throw invalidResponse(source, 'id: expected the requested id, found another one')
  }
  const { sent_at: sentAt, status_message: statusMessage } = fields
  return {
    message:
      sentAt === null ? null : normalize(fields, sentAt, failureOf(fields.status, statusMessage), item),
    detail: {
      statusMessage,
      replyToId: fields.ref_message_id,
      mediaUrl: fields.url,
      staffId: fields.staff_id,
      deliveredAt: null,
      readAt: null,
    },
  }
}

function normalize(
  fields: Omit<z.output<Schemas['listedItem']>, 'sent_at'>,
  sentAt: number,
  failure: MessageFailure | null,
  raw: unknown,
): Message {
  return {
    upstreamId: fields.id,
    whatsappId: fields.message_id,
    direction: null,
    type: typeOf(fields.type),
    rawType: fields.type,
    status: statusOf(fields.status),
    rawStatus: fields.status,
    text: fields.message,
    from: fields.sender_id === null ? null : normalizePhone(fields.sender_id),
    to: null,
    contact: null,
    interactionId: fields.interaction_id,
    isRead: fields.is_read,
    sentAt,
    failure,
    raw,
  }
}

function typeOf(word: string | null): MessageType | null {
  return word === null ? null : (MESSAGE_TYPES.find((type) => type === word.toUpperCase()) ?? 'OTHER')
}

function statusOf(word: string | null): MessageStatus | null {
  return word === null ? null : (KNOWN_STATUSES.find((status) => status === word.toUpperCase()) ?? 'UNKNOWN')
}

function failureOf(status: string | null, statusMessage: string | null): MessageFailure | null {
  if (statusOf(status) !== 'FAILED' || !statusMessage?.trim()) return null
  return { code: null, reason: statusMessage }
}
