import { decodeText, encodeText } from './encode-text.js'

const INTEGER = /^(?:0|[1-9]\d{0,39})$/
const OTHER = '~'

/**
 * A message's id as it is stored, such that byte order is the order of ids: integers by value, then all others as text.
 *
 * @example toIdKey('42') // '242': so many digits, the digits
 */
export function toIdKey(upstreamId: string): string {
  if (!INTEGER.test(upstreamId)) return OTHER + encodeText(upstreamId)
  return String.fromCharCode(LENGTH_ZERO + upstreamId.length) + upstreamId
}

/** Reads what {@link toIdKey} wrote. */
export function fromIdKey(key: string): string {
  const rest = key.slice(1)
  return key.startsWith(OTHER) ? decodeText(rest) : rest
}

const LENGTH_ZERO = '0'.charCodeAt(0)
