import { sha256 } from '@noble/hashes/sha2.js'
import { base64urlnopad } from '@scure/base'
import type { Json } from './json.js'

const SUM_LENGTH = 12
/** Twice what a thousand rows with long ids take on each of two sources. */
const MAX_LENGTH = 256 * 1024

/**
 * URL-safe text of a JSON value, with a checksum in front: it tells a damaged token from a good one, and keeps no
 * secret, so every replica can read it.
 */
export function encodeToken(value: Json): string {
  const payload = new TextEncoder().encode(JSON.stringify(value))
  return digest(payload, SUM_LENGTH) + base64urlnopad.encode(payload)
}

/** The value of a token, or the reason why it is none. */
export function decodeToken(token: string): { readonly value: unknown } | { readonly reason: string } {
  if (token.length > MAX_LENGTH) return { reason: 'it is longer than any cursor' }
  if (token.length <= SUM_LENGTH) return { reason: 'it is too short' }
  const payload = decoded(token.slice(SUM_LENGTH))
  if (payload === null) return { reason: 'it holds characters that no cursor has' }
  if (digest(payload, SUM_LENGTH) !== token.slice(0, SUM_LENGTH))
    return { reason: 'it is damaged or cut off' }
  try {
    return { value: JSON.parse(new TextDecoder().decode(payload)) }
  } catch {
    return { reason: 'it does not come from this server' }
  }
}

/** The first characters of a SHA-256, in base64url. */
export function digest(bytes: Uint8Array, length: number): string {
  return base64urlnopad.encode(sha256(bytes)).slice(0, length)
}

/** Null where the text is not just the spelling that encoding gives: the last character has bits that say nothing. */
function decoded(text: string): Uint8Array | null {
  try {
    const bytes = base64urlnopad.decode(text)
    return base64urlnopad.encode(bytes) === text ? bytes : null
  } catch {
    return null
  }
}
