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
