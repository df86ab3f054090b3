import {
  type ListRequest,
  type ListResult,
  type Message,
  CONTACT_BASES,
  MESSAGE_DIRECTIONS,
  MESSAGE_FIELDS,
  MESSAGE_STATUSES,
  MESSAGE_TYPES,
  type MessageField,
  normalizePhone,
  toldContact,
} from '@waybill/core'
import { expectEqual, expectThat } from './conformance-failure.js'

/** @throws ConformanceFailure for what no page may be, whatever the upstream holds. */
export function expectSoundPage(page: ListResult, request: ListRequest): void {
  const { messages, parameters, cursor } = page
  messages.forEach(expectSoundMessage)
  const ids = messages.map(({ upstreamId }) => upstreamId)
  expectEqual('the ids of one page', ids, [...new Set(ids)])
  const limit = request.page.kind === 'page' ? request.page.size : request.page.limit
  expectThat('the page', messages.length <= limit, `at most ${limit} messages`, messages.length)
  expectSoundRejections(page)
  for (const parameter of parameters) {
    expectThat('a parameter', /^[^=]+=/.test(parameter), 'name=value', parameter)
  }
  // A window may have figures.
  if (request.page.kind !== 'window') {
    const isPage = request.page.kind === 'page'
    expectEqual('whether the page reports on page numbers', page.page !== undefined, isPage)
  }
  expectEqual('whether the page has cursors', cursor !== undefined, request.page.kind === 'cursor')
  if (cursor === undefined) return
  expectEqual('the number of cursors', cursor.cursors.length, messages.length)
  expectThat(
    'hasNextPage of an empty page',
    messages.length > 0 || !cursor.hasNextPage,
    'false, since there is no cursor to continue from',
    cursor.hasNextPage,
  )
}

function expectSoundRejections({ messages, rejected = [] }: ListResult): void {
  const places = rejected.map(({ position }) => position)
  const inOrder = [...new Set(places)].toSorted((a, b) => a - b)
  expectEqual('the positions of the rows that are set aside', places, inOrder)
  const count = messages.length + rejected.length
  const isWithin = places.every((place) => Number.isInteger(place) && place >= 0 && place < count)
  expectThat('the positions of the rows that are set aside', isWithin, `from 0 to ${count - 1}`, places)
  for (const { upstreamId, reason, raw } of rejected) {
    const isId = upstreamId === null || upstreamId !== ''
    expectThat('the id of a row that is set aside', isId, 'text or null', upstreamId)
    expectThat('the reason of a row that is set aside', reason.trim() !== '', 'a text', reason)
    expectThat('raw of a row that is set aside', raw !== undefined, 'the upstream’s own row', raw)
  }
}

interface Rule {
  readonly expected: string
  readonly holds: (value: unknown) => boolean
}

const TEXT: Rule = { expected: 'text or null', holds: (value) => value === null || typeof value === 'string' }
const PHONE: Rule = {
  expected: 'null or text in the form of normalizePhone',
  holds: (value) => value === null || (typeof value === 'string' && normalizePhone(value) === value),
}

const RULES: Readonly<Record<MessageField, Rule>> = {
  upstreamId: { expected: 'text', holds: (value) => typeof value === 'string' && value !== '' },
  whatsappId: TEXT,
  direction: oneOf(MESSAGE_DIRECTIONS),
  type: oneOf(MESSAGE_TYPES),
  rawType: TEXT,
  status: oneOf(MESSAGE_STATUSES),
  rawStatus: TEXT,
  text: TEXT,
  from: PHONE,
  to: PHONE,
  contact: { expected: 'null, or an id and a basis (TOLD or CONVERSATION)', holds: isContact },
  interactionId: TEXT,
  isRead: { expected: 'a boolean or null', holds: (value) => value === null || typeof value === 'boolean' },
  sentAt: { expected: 'whole milliseconds', holds: Number.isSafeInteger },
  failure: { expected: 'null, or a code (or null) and a reason', holds: isFailure },
  raw: { expected: 'the upstream’s own object, or null', holds: (value) => value !== undefined },
}

/** @throws ConformanceFailure for a field that is missing or not of its type. */
export function expectSoundMessage(message: Message): void {
  for (const field of MESSAGE_FIELDS) {
    const { holds, expected } = RULES[field]
    const value = message[field]
    expectThat(`${field} of message ${message.upstreamId}`, holds(value), expected, value)
  }
  if (message.contact?.basis !== 'CONVERSATION') {
    expectEqual(`contact of message ${message.upstreamId}`, message.contact, toldContact(message))
  }
}

function oneOf(values: readonly string[]): Rule {
  const holds = (value: unknown): boolean => value === null || values.includes(value as string)
  return { expected: `null or one of ${values.join(', ')}`, holds }
}

function isContact(value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'object') return false
  const { id, basis } = value as Record<string, unknown>
  return id !== null && PHONE.holds(id) && CONTACT_BASES.some((known) => known === basis)
}

function isFailure(value: unknown): boolean {
  if (value === null) return true
  if (typeof value !== 'object') return false
  const { code, reason } = value as Record<string, unknown>
  return TEXT.holds(code) && typeof reason === 'string'
}
