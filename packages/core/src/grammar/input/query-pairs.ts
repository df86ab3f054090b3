import { issueWithoutPlace } from '../issue/issue.js'
import { LocatedText } from './located-text.js'
import { addParameter, wantedName, type ParameterReading } from './parameter.js'
import { tooLong } from './too-long.js'

/** Reads pairs of decoded names and values. The length counts as if they stood in a query string. */
export function readQueryPairs(reading: ParameterReading, pairs: Iterable<unknown>): void {
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
  problem: 'The parameters hold something that is no pair of a name and a value.',
  allowed: ['pairs of two texts'],
} as const
