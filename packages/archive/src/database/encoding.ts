import { createHash } from 'node:crypto'
import { isNatural } from '@waybill/core'

/**
 * Texts as both databases can hold them. PostgreSQL's cannot hold NUL, and no database's a lone surrogate, but
 * JavaScript's can, and what is searched for may begin or end in the middle of a surrogate pair.
 *
 * So NUL and every surrogate, paired or not, are written as two characters of the private use area, a lead and a
 * trail; and so are those characters themselves. A lead is always followed by a trail and neither stands for itself,
 * so that a text is found in another just where it was before: encoding keeps equality and keeps what contains what.
 */
export function encodeText(text: string): string {
  return text.replaceAll(NOT_PLAIN, (unit) => {
    const index = indexOf(unit.charCodeAt(0))
    return String.fromCharCode(LEAD + Math.floor(index / TRAILS), TRAIL + (index % TRAILS))
  })
}

/** Reads what {@link encodeText} wrote. */
export function decodeText(text: string): string {
  // Nearly every text has none, and a test takes a fraction of what replacing nothing takes.
  if (!LEADS.test(text)) return text
  return text.replaceAll(ENCODED, (pair) => {
    const index = (pair.charCodeAt(0) - LEAD) * TRAILS + (pair.charCodeAt(1) - TRAIL)
    return String.fromCharCode(unitAt(index))
  })
}

const SURROGATE = 0xd800
const SURROGATES = 2048
const LEAD = 0xf800
const TRAIL = 0xf840
const TRAILS = 64

// Without the flag `u`, so that each half of a surrogate pair is a match of its own.
const NOT_PLAIN = /[\0\uD800-\uDFFF\uF800-\uF87F]/g
const LEADS = /[\uF800-\uF83F]/
const ENCODED = /[\uF800-\uF83F][\uF840-\uF87F]/g

/** A place among all units that are not written as they are: the surrogates, the leads and trails, NUL. */
function indexOf(unit: number): number {
  if (unit === 0) return SURROGATES + 2 * TRAILS
  return unit < LEAD ? unit - SURROGATE : SURROGATES + unit - LEAD
}

function unitAt(index: number): number {
  if (index < SURROGATES) return SURROGATE + index
  return index < SURROGATES + 2 * TRAILS ? LEAD + index - SURROGATES : 0
}

/** A row of an index in PostgreSQL holds 2,704 bytes at most: this text at three bytes each, and an id. */
const MOST_UNITS = 400

/**
 * A text as it stands in a column that is indexed: encoded, and, where it is too long for an index, as its beginning and
 * a digest of the whole. Equal for equal texts, different for different ones; what it was, only the message tells.
 */
export function encodeValue(value: string): string {
  const text = encodeText(value)
  if (text.length <= MOST_UNITS) return text
  // Longer than any text that is written as it is.
  return text.slice(0, MOST_UNITS) + createHash('sha256').update(text).digest('base64url')
}

/** Whether {@link encodeValue} wrote the whole of a value, so that {@link decodeText} reads it. */
export function isWhole(stored: string): boolean {
  return stored.length <= MOST_UNITS
}

/** A longer number is stored as a text. */
const MOST_DIGITS = 40
const OTHER = '~'

/**
 * A message's id as it is stored, such that byte order is the order of ids: integers by value, then all others as text.
 *
 * @example toIdKey('42') // '242': so many digits, the digits
 */
export function toIdKey(upstreamId: string): string {
  if (!isNatural(upstreamId, MOST_DIGITS)) return OTHER + encodeText(upstreamId)
  return String.fromCharCode(LENGTH_ZERO + upstreamId.length) + upstreamId
}

/** Reads what {@link toIdKey} wrote. */
export function fromIdKey(key: string): string {
  const rest = key.slice(1)
  return key.startsWith(OTHER) ? decodeText(rest) : rest
}

const LENGTH_ZERO = '0'.charCodeAt(0)
