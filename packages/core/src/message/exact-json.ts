/**
 * A number of a JSON text that a JavaScript number would change: too many digits (`12345678901234567890`), too large
 * (`1e400`), or written otherwise (`1.10`, `-0`). It is the raw JSON object of ECMAScript: `JSON.stringify` writes the
 * digits of `rawJSON` as they are.
 */
export interface ExactNumber {
  readonly rawJSON: string
}

/** What Node.js has since 21, and TypeScript's library does not yet. */
interface JsonWithSource {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown
  rawJSON(text: string): ExactNumber
  isRawJSON(value: unknown): value is ExactNumber
}

const json = JSON as unknown as JsonWithSource

/**
 * Reads a JSON text such that `JSON.stringify` writes every value as it was sent. Numbers that JavaScript writes in the
 * very same digits are numbers, all others {@link ExactNumber}s.
 *
 * @throws SyntaxError for a text that is not JSON.
 *
 * @example JSON.stringify(parseExactJson('[7, 1.10, 12345678901234567890]')) // [7,1.10,12345678901234567890]
 */
export function parseExactJson(text: string): unknown {
  if (!mayHoldExactNumber(text)) return JSON.parse(text)
  return json.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined && String(value) !== source
      ? json.rawJSON(source)
      : value,
  )
}

/** Whether a value is a number of {@link parseExactJson} that a JavaScript number would change. */
export function isExactNumber(value: unknown): value is ExactNumber {
  return json.isRawJSON(value) && typeof JSON.parse(value.rawJSON) === 'number'
}

/**
 * A value of {@link parseExactJson} with plain numbers wherever these mean the same (1.10 is 1.1). Integers beyond 2^53
 * and numbers that are too large stay exact. What needs no change is returned as it is, not copied.
 *
 * @example toPlainNumbers(parseExactJson('{"price": 1.10}')) // { price: 1.1 }
 */
export function toPlainNumbers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isExactNumber(value)) return plainNumber(value)
  const entries = Object.entries(value)
  const plain = entries.map(([name, member]) => [name, toPlainNumbers(member)] as const)
  if (plain.every(([, member], index) => Object.is(member, entries[index]?.[1]))) return value
  return Array.isArray(value) ? plain.map(([, member]) => member) : Object.fromEntries(plain)
}

function plainNumber(exact: ExactNumber): unknown {
  const number = Number(exact.rawJSON)
  const isHeld = Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number))
  return isHeld ? number : exact
}

/** Long digits, a fraction, an exponent, a negative zero. In what stands between the strings of a text. */
const UNUSUAL = /\d{16}|\d[.eE]|-0/

/** The reviver that {@link parseExactJson} needs takes several times as long, and few texts hold such a number. */
function mayHoldExactNumber(text: string): boolean {
  let from = 0
  while (from < text.length) {
    const quote = text.indexOf('"', from)
    const end = quote === -1 ? text.length : quote
    if (UNUSUAL.test(text.slice(from, end))) return true
    from = endOfString(text, end)
  }
  return false
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const quote = text.indexOf('"', at)
    if (quote === -1) return text.length
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return quote + 1
    at = quote
  }
  return text.length
}
