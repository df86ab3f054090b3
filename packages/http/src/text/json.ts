import { parseExactJson } from '@waybill/core'

/** Deeper than any message, and shallow enough for every recursive function that meets the value later. */
const MAX_DEPTH = 100

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b])
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d])

/** Thrown for a text that is not JSON or is nested too deeply; the message names which, and quotes nothing. */
export class JsonFault extends Error {}

/**
 * The value of a JSON text, in the form of core's `parseExactJson`. A member named `__proto__` is an own property like any
 * other; of members with one name, the last counts.
 * @throws JsonFault
 */
export function parseJson(text: string): unknown {
  // Before parsing: millions of brackets make a value that takes seconds and a hundred times their space.
  if (isTooDeep(text)) throw new JsonFault(`JSON nested more than ${MAX_DEPTH} levels deep`)
  return parse(text)
}

function isTooDeep(text: string): boolean {
  let depth = 0
  let isString = false
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit === QUOTE) isString = !isString
    else if (isString) index += unit === BACKSLASH ? 1 : 0
    else if (OPENING.has(unit)) depth += 1
    else if (CLOSING.has(unit)) depth -= 1
    if (depth > MAX_DEPTH) return true
  }
  return false
}

function parse(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    throw new JsonFault('text that is not valid JSON, or only a part of it')
  }
}

/** The text of bytes in UTF-8, without a byte order mark; null where they are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
