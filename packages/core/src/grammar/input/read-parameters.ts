import { isPlainObject } from './is-plain-object.js'
import { issueWithoutPlace } from '../issue/issue.js'
import type { ParameterReading } from './parameter.js'
import { readQueryObject } from './query-object.js'
import { readQueryPairs } from './query-pairs.js'
import { readQueryString } from './query-string.js'

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
  problem: 'The parameters are in no form that can be read.',
  allowed: FORMS,
} as const
const UNREADABLE = {
  code: 'MALFORMED_INPUT',
  problem: 'The parameters cannot be read: the given object fails when it is looked at.',
  allowed: FORMS,
} as const
