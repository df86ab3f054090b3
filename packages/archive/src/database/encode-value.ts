import { createHash } from 'node:crypto'
import { encodeText } from './encode-text.js'

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
