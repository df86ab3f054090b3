import { valueAt } from '../edge/value-at.js'

/** What stands around the messages of a body, and may say under a 2xx that the request failed. */
export interface Envelope {
  /** The objects around the messages, never a message itself: what a message says of itself fails no request. */
  readonly parts: readonly unknown[]
  /** Whether the body has a message, or a row that should be one. Beside them a code or words alone are no failure. */
  readonly hasRows: boolean
}

/** Where envelopes hold an object that speaks for the whole answer. */
const INNER = ['data', 'meta', 'status', 'result', 'response']

/**
 * The envelope of a list.
 *
 * @param rows The rows that the body lists; null where there is no list in it.
 */
export function listEnvelope(body: unknown, rows: readonly unknown[] | null): Envelope {
  const outer = [body, ...innerParts(body)].filter(isObject)
  const parts = [...outer, ...outer.slice(1).flatMap(innerParts).filter(isObject)]
  return { parts, hasRows: rows !== null && rows.length > 0 }
}

function innerParts(part: unknown): unknown[] {
  return INNER.map((name) => valueAt(part, [name]))
}

/** By which of its members a body is known to be a message. */
export interface MessageNames {
  readonly id: string
  /** What only a message has. */
  readonly others: readonly string[]
}

/**
 * The envelope of a single message, which is the body itself or stands in `data`. The message's `status`, and whatever
 * a whole message says beside it, are about the message; only `success` and `ok` are about the request then.
 *
 * @example messageEnvelope({ id: 7, status: 'failed' }, { id: 'id', others: ['sent_at'] }) // no part says "failed"
 */
export function messageEnvelope(body: unknown, names: MessageNames): Envelope {
  const places = [body, valueAt(body, ['data'])].filter(isObject)
  return {
    parts: places.map((place) => withoutOwnWords(place, names)),
    hasRows: places.some((place) => hasMember(place, names.id)),
  }
}

function withoutOwnWords(place: object, { id, others }: MessageNames): object {
  if (!hasMember(place, id)) return place
  const isWhole = others.some((name) => hasMember(place, name))
  return Object.fromEntries(
    Object.entries(place).filter(([name]) =>
      isWhole ? name === 'success' || name === 'ok' : name !== 'status' && name !== 'message',
    ),
  )
}

function hasMember(place: object, name: string): boolean {
  return (valueAt(place, [name]) ?? null) !== null
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
