/**
 * What Octopods sends, and how we know: its public documentation, which has two articles about the list and two about
 * the status of a message. They contradict each other; a channel may answer in either way, so both are read.
 *
 * - The list is a bare array whose items hold their status in an object of its own (article "Listing Sent Messages"),
 *   or an envelope `{request_id, messages}` of flat items without content ("List Sent WhatsApp Messages").
 * - `channel_message_id` is Octopods' own id in the first list, but the provider's in the status endpoint, where it is
 *   WhatsApp's id only if it begins with `wamid.`.
 * - Statuses are upper case in the one, lower case in the other.
 * - `failure_reason` is `{code, title}`, plain text, or nothing. Nothing has many forms, since PHP knows no
 *   difference: absence, null, the empty text, `[]` or `{}`.
 * - The status endpoint has recipient and time in one of its shapes only, and the content in neither.
 * - Every listed message was sent through the API, so it is outbound and a template; no member holds that.
 *
 * Not documented, but cheap to survive: integers as strings, recipients without the plus sign, figures beside the list
 * (`total`, `has_more`), which show whether it is whole.
 */
import {
  MESSAGE_STATUSES,
  normalizePhone,
  toldContact,
  type Message,
  type MessageFailure,
  type MessageStatus,
  type PageReport,
  type RejectedRow,
  type SingleMessage,
} from '@waybill/core'
import {
  dateTimeSchemaIn,
  describeValue,
  integerText,
  invalidResponse,
  listIn,
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

const phoneNumber = readWith('a phone number', (value) => {
  const text = integerText(value)
  return typeof text === 'string' && text.trim() !== '' ? normalizePhone(text) : null
})
const text = optional(z.string('text or null'))
const failureCode = readWith('a code', (value) => {
  const code = typeof value === 'number' ? String(value) : integerText(value)
  return typeof code === 'string' ? code : null
})
const codedReason = z.object({
  code: optional(failureCode),
  title: optional(z.string()),
})
const failureReason = optional(z.union([z.string(), codedReason], 'text or an object of code and title'))

function schemasFor(timeZone: string) {
  const dateTime = dateTimeSchemaIn(timeZone)
  return {
    itemWithContent: z.object({
      user_phone_number: phoneNumber,
      created_at: dateTime,
      message_content: text,
      message_status: z.object(
        { channel_message_id: recordIdSchema, message_status: text, failure_reason: failureReason },
        'an object',
      ),
    }),
    flatItem: z.object(
      {
        message_id: recordIdSchema,
        phone_number: phoneNumber,
        sent_at: dateTime,
        status: text,
        failure_reason: failureReason,
      },
      'an object',
    ),
    statusBody: z.object(
      {
        message_id: recordIdSchema,
        status: text,
        status_message: text,
        channel_message_id: text,
        phone_number: optional(phoneNumber),
        sent_at: optional(dateTime),
        delivered_at: optional(dateTime),
        read_at: optional(dateTime),
        failure_reason: failureReason,
      },
      'an object',
    ),
  }
}

type Schemas = ReturnType<typeof schemasFor>

/** The fields that both shapes of a listed message and the longer shape of its status have. */
interface ItemFields {
  readonly id: string
  readonly phone: string
  readonly time: number
  readonly text: string | null
  readonly status: string | null
  readonly reason: z.output<typeof failureReason>
  readonly whatsappId: string | null
}

/** A list that could be read. */
export interface OctopodsList {
  /** In the order in which they came. */
  readonly messages: readonly Message[]
  readonly rejected: readonly RejectedRow[]
  /** What is beside them, which is not documented. */
  readonly figures: PageReport
}

/** Reads what Octopods sends. */
export interface OctopodsReader {
  /**
   * A list in either shape. A row that cannot be read is set aside.
   *
   * @throws UpstreamError UPSTREAM_INVALID_RESPONSE if the body has no list.
   */
  readList(body: unknown, source: string): OctopodsList
  /**
   * The status of one message. A message only if it has recipient and time.
   *
   * @param upstreamId The id that was asked for.
   * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming the place that is not as documented.
   */
  readStatus(body: unknown, upstreamId: string, source: string): SingleMessage
}

/** @param timeZone The zone of times that are sent without one: an IANA name. */
export function createReader(timeZone: string): OctopodsReader {
  const schemas = schemasFor(timeZone)
  return {
    readList: (body, source) => readList(schemas, body, source),
    readStatus: (body, upstreamId, source) => readStatus(schemas, body, upstreamId, source),
  }
}

function readList(schemas: Schemas, body: unknown, source: string): OctopodsList {
  const found = findList(body)
  if (found === null) {
    throw invalidResponse(source, `expected a list of messages, found ${describeValue(body)} without one`)
  }
  const { rows, rejected } = readRows(found.items, {
    at: found.at,
    read: (item, at) => readListed(schemas, item, at),
    idOf: ({ upstreamId }) => upstreamId,
    idIn: (item) =>
      valueAt(item, hasContent(item) ? ['message_status', 'channel_message_id'] : ['message_id']),
  })
  const places = [['meta', 'pagination'], ['meta'], ['pagination']].map((place) => valueAt(body, place))
  return { messages: rows, rejected, figures: readFigures([...places, body]) }
}

/** The rows of a body, and their place in it; null if the body has no list. */
export function findList(body: unknown): { readonly items: readonly unknown[]; readonly at: string } | null {
  const places = [[], ['messages']].map((path) => ({
    at: path.join('.'),
    items: listIn(valueAt(body, path)),
  }))
  for (const { at, items } of places) if (items !== null) return { items, at }
  return null
}

function readStatus(schemas: Schemas, body: unknown, upstreamId: string, source: string): SingleMessage {
  const fields = parsePart(schemas.statusBody, body, '', source)
  if (fields.message_id !== upstreamId) {
    throw invalidResponse(source, 'message_id: expected the requested id, found another one')
  }
  const { phone_number: phone, sent_at: time, channel_message_id: channelId } = fields
  const whatsappId = channelId?.startsWith('wamid.') ? channelId : null
  const rest = {
    id: upstreamId,
    text: null,
    status: fields.status,
    reason: fields.failure_reason,
    whatsappId,
  }
  return {
    ...(phone === null || time === null
      ? { message: null, fields: stateOf(rest, fields.status_message) }
      : { message: normalize({ ...rest, phone, time }, body) }),
    detail: {
      statusMessage: fields.status_message,
      replyToId: null,
      mediaUrl: null,
      staffId: null,
      deliveredAt: fields.delivered_at,
      readAt: fields.read_at,
    },
  }
}

/** The fields that the shape without recipient and time has. The reason of a failure is in the words beside the status. */
function stateOf(
  { status, reason, whatsappId }: Pick<ItemFields, 'status' | 'reason' | 'whatsappId'>,
  statusMessage: string | null,
): Partial<Message> {
  const word = statusOf(status)
  const failure = failureOf(reason) ?? (word === 'FAILED' ? failureOf(statusMessage) : null)
  return { status: word, rawStatus: status, failure, whatsappId }
}

function readListed(schemas: Schemas, item: unknown, at: string): PartReading<Message> {
  const reading = hasContent(item) ? readItemWithContent(schemas, item, at) : readFlatItem(schemas, item, at)
  return reading.ok ? { ok: true, value: normalize(reading.value, item) } : reading
}

function hasContent(item: unknown): boolean {
  return ['message_status', 'user_phone_number'].some((name) => valueAt(item, [name]) !== undefined)
}

function readFlatItem({ flatItem }: Schemas, item: unknown, at: string): PartReading<ItemFields> {
  const reading = readPart(flatItem, item, at)
  if (!reading.ok) return reading
  const { message_id: id, phone_number: phone, sent_at: time, status, failure_reason: reason } = reading.value
  return { ok: true, value: { id, phone, time, text: null, status, reason, whatsappId: null } }
}

function readItemWithContent(
  { itemWithContent }: Schemas,
  item: unknown,
  at: string,
): PartReading<ItemFields> {
  const reading = readPart(itemWithContent, item, at)
  if (!reading.ok) return reading
  const { message_status: inner, ...outer } = reading.value
  return {
    ok: true,
    value: {
      id: inner.channel_message_id,
      phone: outer.user_phone_number,
      time: outer.created_at,
      text: outer.message_content,
      status: inner.message_status,
      reason: inner.failure_reason,
      whatsappId: null,
    },
  }
}

function normalize(fields: ItemFields, raw: unknown): Message {
  return {
    upstreamId: fields.id,
    whatsappId: fields.whatsappId,
    direction: 'OUTBOUND',
    type: 'TEMPLATE',
    rawType: null,
    status: statusOf(fields.status),
    rawStatus: fields.status,
    text: fields.text,
    from: null,
    to: fields.phone,
    contact: toldContact({ direction: 'OUTBOUND', from: null, to: fields.phone }),
    interactionId: null,
    isRead: null,
    sentAt: fields.time,
    failure: failureOf(fields.reason),
    raw,
  }
}

function statusOf(word: string | null): MessageStatus {
  const name = word?.toUpperCase()
  return MESSAGE_STATUSES.find((status) => status === name) ?? 'UNKNOWN'
}

function failureOf(given: ItemFields['reason']): MessageFailure | null {
  const { code = null, title = null } = typeof given === 'object' && given !== null ? given : { title: given }
  // A code without words is the only reason that the upstream gives.
  const reason = title?.trim() ? title : code
  return reason === null ? null : { code, reason }
}
