import { createHash } from 'node:crypto'
import type { Json } from './json.js'

const SUM_LENGTH = 12
/** Twice what a thousand rows with long ids take on each of two sources. */
const MAX_LENGTH = 256 * 1024

/**
 * URL-safe text of a JSON value, with a checksum in front: it tells a damaged token from a good one, and keeps no
 * secret, so every replica can read it.
 */
export function encodeToken(value: Json): string {
  const payload = Buffer.from(JSON.stringify(value), 'utf8')
  return checksum(payload) + payload.toString('base64url')
}

/** The value of a token, or the reason why it is none. */
export function decodeToken(token: string): { readonly value: unknown } | { readonly reason: string } {
  if (token.length > MAX_LENGTH) return { reason: 'it is longer than any cursor' }
  if (token.length <= SUM_LENGTH) return { reason: 'it is too short' }
  const encoded = token.slice(SUM_LENGTH)
  const payload = Buffer.from(encoded, 'base64url')
  // The last character has bits that decoding ignores: only the spelling that encoding gives is accepted.
  if (payload.toString('base64url') !== encoded) return { reason: 'it holds characters that no cursor has' }
  if (checksum(payload) !== token.slice(0, SUM_LENGTH)) return { reason: 'it is damaged or cut off' }
  try {
    return { value: JSON.parse(payload.toString('utf8')) }
  } catch {
    return { reason: 'it does not come from this server' }
  }
}

function checksum(payload: Buffer): string {
  return createHash('sha256').update(payload).digest('base64url').slice(0, SUM_LENGTH)
}
