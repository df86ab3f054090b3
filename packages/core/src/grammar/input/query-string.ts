import { issueAt, issueWithoutPlace, type Origin } from '../issue/issue.js'
import { addParameter, wantedName, type ParameterReading } from './parameter.js'
import { percentDecode } from './percent-decode.js'
import { tooLong } from './too-long.js'

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
  problem: 'a percent sign must begin an escape of UTF-8.',
  allowed: ['%25 for a percent sign', '%XX with two hexadecimal digits'],
} as const
