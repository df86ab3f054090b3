/**
 * Where a body may report a failure: in the body itself and in `data`, which may be a second envelope;
 * and in what speaks for the whole answer (`header`, `status`, `message`, `result`, `response`), if it is an object.
 * Never in a message, which may have failed itself, and never in `pagination`, `links`, `filters`, `query` and the like:
 * they repeat the question (`meta: {status: 'failed'}` is its filter) or count (`meta: {error: 3}`). In `meta`, only an
 * error in words counts.
 */
import { valueAt } from '../parse/value.js'

/** An object of a body that may report a failure. */
export interface Part {
  readonly value: object
  /** The body or `data`; a part of the answer's head, where a number may be a count; or `meta`, which mostly repeats the question. */
  readonly role: 'whole' | 'head' | 'meta'
}

/** The part of a body around the messages, which may report a failure under a 2xx. */
export interface Envelope {
  /** The outermost first. */
  readonly parts: readonly Part[]
  /** Whether the body has a list of messages, be it empty, or a message. */
  readonly hasList: boolean
  /** Whether the body has a message, or a row that should be one. Beside them a code or words alone are no failure. */
  readonly hasRows: boolean
}

/** A member of an object, its name without case and separators. */
export type Member = readonly [name: string, value: unknown]

/** The members of an object; none of anything else. */
export function membersOf(value: unknown): Member[] {
  if (!isObject(value)) return []
  return Object.entries(value).map(([name, member]) => [name.toLowerCase().replaceAll(/[\s_-]/g, ''), member])
}

const INNER: ReadonlySet<string> = new Set([
  'header',
  'head',
  'status',
  'message',
  'messages',
  'result',
  'response',
])

/**
 * The envelope of a list.
 *
 * @param rows The rows that the body lists; null if it has no list.
 */
export function listEnvelope(body: unknown, rows: readonly unknown[] | null): Envelope {
  const whole = [body, memberNamed(body, 'data')].filter(isObject)
  return {
    parts: [...whole.map(asWhole), ...whole.flatMap(innerParts), ...whole.flatMap(metaParts)],
    hasList: rows !== null,
    hasRows: rows !== null && rows.length > 0,
  }
}

/** By which of its members a body is known to be a message. */
export interface MessageNames {
  readonly id: string
  /** What only a message has. */
  readonly others: readonly string[]
}

/**
 * The envelope of a single message, which is the body itself or in `data`. The message's `status` and the other
 * members of a whole message are about the message; only `success` and `ok` are about the request then.
 *
 * @example messageEnvelope({ id: 7, status: 'failed' }, { id: 'id', others: ['sent_at'] }) // no part reports a failure
 */
export function messageEnvelope(body: unknown, names: MessageNames): Envelope {
  const places = [body, valueAt(body, ['data'])].filter(isObject)
  const isMessage = (place: object): boolean => hasMember(place, names.id)
  const around = places.filter((place) => !isMessage(place)).flatMap(innerParts)
  const hasRows = places.some(isMessage)
  return {
    parts: [
      ...places.map((place) => asWhole(withoutOwnWords(place, names))),
      ...around.filter(({ value }) => !isMessage(value)),
    ],
    hasList: hasRows,
    hasRows,
  }
}

/** What a message that has only an id and these may hold about itself. */
const OWN_WORDS: ReadonlySet<string> = new Set(['status', 'message', 'type', 'errorcode'])

function withoutOwnWords(place: object, { id, others }: MessageNames): object {
  if (!hasMember(place, id)) return place
  const isWhole = others.some((name) => hasMember(place, name))
  return Object.fromEntries(
    membersOf(place).filter(([name]) =>
      isWhole ? name === 'success' || name === 'ok' : !OWN_WORDS.has(name),
    ),
  )
}

function asWhole(value: object): Part {
  return { value, role: 'whole' }
}

function innerParts(whole: object): Part[] {
  const inner = membersOf(whole).filter(([name]) => INNER.has(name))
  return inner
    .map(([, value]) => value)
    .filter(isObject)
    .map((value) => ({ value, role: 'head' }))
}

function metaParts(whole: object): Part[] {
  const meta = memberNamed(whole, 'meta')
  return isObject(meta) ? [{ value: meta, role: 'meta' }] : []
}

function memberNamed(place: unknown, name: string): unknown {
  return membersOf(place).find((member) => member[0] === name)?.[1]
}

function hasMember(place: object, name: string): boolean {
  return (valueAt(place, [name]) ?? null) !== null
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
