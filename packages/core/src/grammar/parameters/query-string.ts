import { type Origin, issueAt, issueWithoutPlace } from './issue.js'
import { LocatedText, type Span } from './located-text.js'
import { type ParameterReading, addParameter, tooLong, wantedName } from './parameter.js'

/** QueryString : "?"? Parameter ( "&" Parameter )* */
export function readQueryString(reading: ParameterReading, query: string): void {
  if (query.length > reading.maxLength) {
    reading.issues.push(issueWithoutPlace(null, tooLong(reading.maxLength)))
    return
  }
  let start = query.startsWith('?') ? 1 : 0
  while (start <= query.length) {
    const ampersand = query.indexOf('&', start)
    const end = ampersand === -1 ? query.length : ampersand
    readParameter(reading, query.slice(start, end), start)
    start = end + 1
  }
}

/** Parameter : Name ( "=" Value )? */
function readParameter(reading: ParameterReading, raw: string, offset: number): void {
  const equals = raw.indexOf('=')
  const nameEnd = equals === -1 ? raw.length : equals
  const decodedName = percentDecode(raw.slice(0, nameEnd), 0)
  const name = wantedName(reading, decodedName.text)
  if (name === null) return
  const value = percentDecode(raw.slice(nameEnd + 1), Math.min(nameEnd + 1, raw.length))
  const origin: Origin = { parameter: name.whole.text, text: raw, offset }
  for (const span of [...decodedName.malformed, ...value.malformed]) {
    reading.issues.push(issueAt(origin, span, MALFORMED_ENCODING))
  }
  addParameter(reading, origin, name, value.text)
}

const MALFORMED_ENCODING = {
  code: 'MALFORMED_ENCODING',
  problem: 'a percent sign is not followed by percent-encoded UTF-8.',
  allowed: ['%25 for a percent sign', '%XX with two hexadecimal digits'],
} as const

const HEX_PAIR = /^[\da-f]{2}$/i

export interface Decoded {
  readonly text: LocatedText
  /** The percent signs that begin no escape, and stand for themselves in `text`. */
  readonly malformed: readonly Span[]
}

/**
 * Decodes a name or a value of a query string as `application/x-www-form-urlencoded` has it: `+` is a space, `%XX` are
 * bytes of UTF-8. Where the bytes are no UTF-8 or the hexadecimal digits are missing, the percent sign is reported.
 *
 * @param offset where `raw` stands in the text that positions refer to.
 */
function percentDecode(raw: string, offset: number): Decoded {
  const positions = new Uint32Array(raw.length + 1)
  const malformed: Span[] = []
  let text = ''
  let at = 0
  while (at < raw.length) {
    const unit = readUnit(raw, at)
    if (unit === null) malformed.push({ start: offset + at, end: offset + at + 1 })
    const { decoded, length } = unit ?? { decoded: '%', length: 1 }
    positions.fill(offset + at, text.length, text.length + decoded.length)
    text += decoded
    at += length
  }
  positions[text.length] = offset + raw.length
  return { text: new LocatedText(text, positions), malformed }
}

interface Unit {
  readonly decoded: string
  /** How many code units of the raw text it takes. */
  readonly length: number
}

function readUnit(raw: string, at: number): Unit | null {
  const char = raw.charAt(at)
  if (char === '+') return { decoded: ' ', length: 1 }
  if (char !== '%') return { decoded: char, length: 1 }
  const digits = raw.slice(at + 1, at + 3)
  // Decoding would find that out too, but at the price of an exception for each percent sign.
  if (!HEX_PAIR.test(digits)) return null
  const length = 3 * byteCount(Number.parseInt(digits, 16))
  try {
    return { decoded: decodeURIComponent(raw.slice(at, at + length)), length }
  } catch {
    return null
  }
}

/** How many bytes a UTF-8 sequence has by its first one. What cannot be a first byte fails in decoding. */
function byteCount(first: number): number {
  if (first >= 0xf0) return 4
  if (first >= 0xe0) return 3
  return first >= 0xc0 ? 2 : 1
}
