/**
 * What WA.cr sends, and how we know: its public documentation names the fields of a message. The envelope around the
 * list it does not show; it is a Laravel application, so one of the forms in which those answer is to be expected.
 *
 * - The list is the body itself, `data`, or `data.data`. The page's figures stand in `meta` or `pagination` beside it,
 *   or beside it directly, or nowhere; `success`, `status` and `message` may stand there as well.
 * - A single message is the body itself or `data`.
 * - A failure may come as `{success: false, …}` under HTTP 200.
 * - Integers may come as strings, booleans as 0 and 1.
 * - `direction`, `created_at` and `updated_at` can be asked for but are never told. `sent_at` is `time_sent`, or
 *   `created_at` where that is missing.
 * - `type` is an open set; four values of `status` are documented. Both may be null.
 * - With `fields`, what was not asked for is not there.
 * - `message` may hold HTML, for templates. It stays as it is.
 * - Why a message failed is only told by `status_message` of the single message.
 */
import {
  MESSAGE_TYPES,
  normalizePhone,
  type Message,
  type MessageFailure,
  type MessageStatus,
  type MessageType,
  type PageReport,
  type SingleMessage,
} from '@waybill/core'
import {
  dateTimeSchema,
  describeValue,
  integerText,
  invalidResponse,
  parsePart,
  readWith,
  recordIdSchema,
  rejectRepeats,
  valueAt,
} from '@waybill/http'
import * as z from 'zod/mini'
import { rejectFailure } from './failures.js'

const KNOWN_STATUSES: readonly MessageStatus[] = ['SENT', 'DELIVERED', 'READ', 'FAILED']

const flag = readWith('a boolean', (value) => FLAGS.get(value) ?? null)
const identifier = readWith('text or null', (value) => {
  const text = integerText(value)
  return typeof text === 'string' ? text : null
})
const text = z.nullish(z.string('text or null'))
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
  interaction_id: z.nullish(recordIdSchema),
  sender_id: z.nullish(identifier),
  type: text,
  message: text,
  status: text,
  message_id: text,
  is_read: z.nullish(flag),
}
const listedItem = z.object({ ...FIELDS, sent_at: dateTimeSchema }, 'an object')
const singleItem = z.object(
  {
    ...FIELDS,
    sent_at: z.nullish(dateTimeSchema),
    status_message: text,
    ref_message_id: z.nullish(identifier),
    url: text,
    staff_id: z.nullish(recordIdSchema),
  },
  'an object',
)

/** A page as WA.cr tells it. */
export interface WacrPage {
  /** In the order in which they came. */
  readonly messages: readonly Message[]
  readonly report: PageReport
}

/**
 * Reads a page of the list in any of its envelopes.
 *
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming the place that is not as documented.
 */
export function readPage(body: unknown, source: string): WacrPage {
  rejectFailure(body, source)
  const { items, at, figures } = openEnvelope(body, source)
  const messages = items.map((item, index) => {
    const told = parsePart(listedItem, item, `${at}[${index}]`, source)
    return normalize(told, told.sent_at, null, item)
  })
  const ids = messages.map((message) => message.upstreamId)
  rejectRepeats(ids, at, source)
  return {
    messages,
    report: {
      total: figureOf(figures, 'total', 0),
      pageSize: figureOf(figures, 'per_page', 1),
      lastPage: figureOf(figures, 'last_page', 0),
    },
  }
}

/**
 * Reads a single message. There is no message where the time is not told.
 *
 * @param upstreamId The id that was asked for.
 * @throws UpstreamError UPSTREAM_INVALID_RESPONSE naming the place that is not as documented.
 */
export function readSingle(body: unknown, upstreamId: string, source: string): SingleMessage {
  rejectFailure(body, source)
  const [item, at] = valueAt(body, ['id']) === undefined ? [valueAt(body, ['data']), 'data'] : [body, '']
  const told = parsePart(singleItem, item, at, source)
  if (told.id !== upstreamId) {
    throw invalidResponse(source, 'id: expected the one that was asked for, found another')
  }
  const { sent_at: sentAt = null, status_message: statusMessage = null } = told
  return {
    message: sentAt === null ? null : normalize(told, sentAt, failureOf(told.status, statusMessage), item),
    detail: {
      statusMessage,
      replyToId: told.ref_message_id ?? null,
      mediaUrl: told.url ?? null,
      staffId: told.staff_id ?? null,
      deliveredAt: null,
      readAt: null,
    },
  }
}

interface Envelope {
  readonly items: readonly unknown[]
  /** Where the items stand in the body. */
  readonly at: string
  /** What may hold the page's figures, the likeliest first. */
  readonly figures: readonly unknown[]
}

function openEnvelope(body: unknown, source: string): Envelope {
  const outside = [valueAt(body, ['meta']), valueAt(body, ['pagination']), body]
  const outer = valueAt(body, ['data'])
  const inner = valueAt(outer, ['data'])
  if (Array.isArray(body)) return { items: body, at: '', figures: [] }
  if (Array.isArray(outer)) return { items: outer, at: 'data', figures: outside }
  if (Array.isArray(inner)) return { items: inner, at: 'data.data', figures: [outer, ...outside] }
  const found =
    outer === undefined ? `${describeValue(body)} without one` : `${describeValue(outer)} under data`
  throw invalidResponse(source, `expected a list of messages, found ${found}`)
}

/** The first usable figure; what is no integer, or less than the least that makes sense, is as if it were not told. */
function figureOf(places: readonly unknown[], name: string, least: number): number | null {
  const told = places.map((place) => integerText(valueAt(place, [name])))
  const figures = told.filter((value) => typeof value === 'string' && /^\d+$/.test(value)).map(Number)
  return figures.find((figure) => Number.isSafeInteger(figure) && figure >= least) ?? null
}

function normalize(
  told: Omit<z.output<typeof listedItem>, 'sent_at'>,
  sentAt: number,
  failure: MessageFailure | null,
  raw: unknown,
): Message {
  return {
    upstreamId: told.id,
    whatsappId: told.message_id || null,
    direction: null,
    type: typeOf(told.type ?? null),
    rawType: told.type ?? null,
    status: statusOf(told.status ?? null),
    rawStatus: told.status ?? null,
    text: told.message ?? null,
    from: told.sender_id ? normalizePhone(told.sender_id) : null,
    to: null,
    interactionId: told.interaction_id ?? null,
    isRead: told.is_read ?? null,
    sentAt,
    failure,
    raw,
  }
}

/** The empty word is a word too: unlike null it satisfies `ne` upstream. */
function typeOf(word: string | null): MessageType | null {
  return word === null ? null : (MESSAGE_TYPES.find((type) => type === word.toUpperCase()) ?? 'OTHER')
}

function statusOf(word: string | null): MessageStatus | null {
  return word === null ? null : (KNOWN_STATUSES.find((status) => status === word.toUpperCase()) ?? 'UNKNOWN')
}

function failureOf(status: string | null | undefined, statusMessage: string | null): MessageFailure | null {
  if (statusOf(status ?? null) !== 'FAILED' || !statusMessage?.trim()) return null
  return { code: null, reason: statusMessage }
}
