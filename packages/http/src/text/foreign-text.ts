import type { Redact } from './redact.js'

/** Control and format characters, lone surrogates: what could break a line, hide or turn around a part of it. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu
/** What is left of a character outside the basic plane when it is cut in two. */
const HALF_PAIR = /[\uD800-\uDBFF]$/

/**
 * A foreign text, made fit to be quoted in one line: control characters removed, secrets replaced, shortened.
 * Null where nothing is left.
 */
export function cleanText(text: string, maxLength: number, redact: Redact): string | null {
  const line = redact(text).replaceAll(/\s+/g, ' ').replaceAll(INVISIBLE, '').trim()
  // Once more: what control characters kept apart may be a secret now. And before shortening, which could halve one.
  const safe = redact(line)
  if (safe === '') return null
  return safe.length <= maxLength ? safe : `${safe.slice(0, maxLength - 1).replace(HALF_PAIR, '')}…`
}

/** Digits with what people and programs put between those of a phone number. */
const NUMBER = /\+?\p{Nd}(?:[\s()./-]{0,2}\p{Nd})+/gu

/** Replaces numbers of at least so many digits: they may be phone numbers. */
export function maskNumbers(text: string, least: number): string {
  return text.replaceAll(NUMBER, (found) => {
    const digits = found.match(/\p{Nd}/gu)?.length ?? 0
    return digits < least ? found : '[number]'
  })
}

/** An e-mail address or another account, such as `4915112345678@c.us`; its end may be missing. Bounded, so that it takes no time. */
const ADDRESS = /[\p{L}\p{N}._%+'-]{1,64}(?:@|%40|\(at\))(?:[\p{L}\p{N}-]{1,63}\.)*[\p{L}\p{N}-]{1,63}/giu

/** Replaces e-mail addresses, which may be those of customers. */
export function maskAddresses(text: string): string {
  return text.replaceAll(ADDRESS, '[address]')
}

const CHARSET = /;\s*charset\s*=\s*"?([^\s";,]+)/i

/** The text of a body that is not JSON, in the character set that its content type names, else UTF-8; without a byte order mark. */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  const charset = CHARSET.exec(contentType ?? '')?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return new TextDecoder().decode(bytes)
  }
}
