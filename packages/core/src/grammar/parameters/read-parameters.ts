import { issueWithoutPlace } from './issue.js'
import { LocatedText } from './located-text.js'
import { type ParameterReading, addParameter, tooLong, wantedName } from './parameter.js'
import { isPlainObject, readQueryObject } from './query-object.js'
import { readQueryString } from './query-string.js'

/**
 * What the grammars read: a query string (with or without the leading `?`), pairs of decoded names and values
 * (`URLSearchParams`, a `Map`), or a plain object, flat (`{ 'filter[status]': 'sent' }`) or nested
 * (`{ filter: { status: { in: ['sent', 'failed'] } } }`, as web frameworks make it).
 */
export type QueryInput = string | Iterable<readonly [string, string]> | Readonly<Record<string, unknown>>

/** Reads an input of any form, also one that the types do not allow, into `reading`. */
export function readParameters(reading: ParameterReading, input: unknown): void {
  if (typeof input === 'string') return readQueryString(reading, input)
  try {
    readObject(reading, input)
  } catch {
    // A getter, an iterator or a proxy of the caller may throw whatever it likes; that makes the input unreadable.
    reading.issues.push(issueWithoutPlace(null, UNREADABLE))
  }
}

function readObject(reading: ParameterReading, input: unknown): void {
  if (isIterable(input)) readQueryPairs(reading, input)
  else if (isPlainObject(input)) readQueryObject(reading, input)
  else reading.issues.push(issueWithoutPlace(null, UNKNOWN_FORM))
}

function isIterable(input: unknown): input is Iterable<unknown> {
  return typeof input === 'object' && input !== null && Symbol.iterator in input
}

const FORMS = ['a query string', 'pairs of texts, such as URLSearchParams', 'a plain object']
const UNKNOWN_FORM = {
  code: 'MALFORMED_INPUT',
  problem: 'The parameters have a form that cannot be read.',
  allowed: FORMS,
} as const
const UNREADABLE = {
  code: 'MALFORMED_INPUT',
  problem: 'The parameters cannot be read: reading the given object fails.',
  allowed: FORMS,
} as const

/** Reads pairs of decoded names and values. The length counts as if they stood in a query string. */
function readQueryPairs(reading: ParameterReading, pairs: Iterable<unknown>): void {
  let length = 0
  for (const pair of pairs) {
    length += isPair(pair) ? pair[0].length + pair[1].length + 2 : 2
    // Also ends an iterable that would never end by itself.
    if (length > reading.maxLength) {
      reading.issues.push(issueWithoutPlace(null, tooLong(reading.maxLength)))
      return
    }
    if (isPair(pair)) readPair(reading, ...pair)
    else reading.issues.push(issueWithoutPlace(null, MALFORMED_PAIR))
  }
}

function readPair(reading: ParameterReading, name: string, value: string): void {
  const wanted = wantedName(reading, LocatedText.verbatim(name))
  if (wanted === null) return
  const origin = { parameter: name, text: `${name}=${value}`, offset: null }
  addParameter(reading, origin, wanted, LocatedText.verbatim(value, name.length + 1))
}

function isPair(pair: unknown): pair is readonly [string, string] {
  return Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string')
}

const MALFORMED_PAIR = {
  code: 'MALFORMED_INPUT',
  problem: 'The parameters contain something that is not a pair of a name and a value.',
  allowed: ['pairs of two texts'],
} as const
