import { DEEPEST } from './check-parameters.js'

/** Why a body is refused before it is parsed. */
export interface BodyFault {
  readonly status: 400 | 413
  readonly code: 'BAD_USER_INPUT' | 'QUERY_TOO_EXPENSIVE'
  readonly message: string
}

/** What parsing a shorter body takes of memory and time does not matter. */
const SHORT = 16_384

/**
 * What is wrong with a body in JSON that would take much to be parsed: a hundred bytes of memory for each level, and for each
 * value, whatever its query does with them; null for any other.
 *
 * @param maxInputValues how many items of lists and members of objects it may have
 */
export function findBodyFault(body: string, maxInputValues: number): BodyFault | null {
  if (body.length < Math.min(SHORT, maxInputValues)) return null
  if (/^\s*\[/.test(body)) return badInput('Batching is not supported.')
  let depth = 0
  let values = 0
  for (let index = 0; index < body.length; index += 1) {
    const character = body.charCodeAt(index)
    if (character === QUOTE) index = endOfString(body, index)
    else if (character === OPEN_OBJECT || character === OPEN_LIST) {
      depth += 1
      values += 1
    } else if (character === CLOSE_OBJECT || character === CLOSE_LIST) depth -= 1
    else if (character === COMMA) values += 1
    // The parameters themselves are two levels.
    if (depth > DEEPEST + 2) return badInput(`A request may nest objects and lists ${DEEPEST} deep at most.`)
    if (values > maxInputValues) return tooMany(maxInputValues)
  }
  return null
}

function badInput(message: string): BodyFault {
  return { status: 400, code: 'BAD_USER_INPUT', message }
}

function tooMany(allowed: number): BodyFault {
  const message = `The parameters of a request may have at most ${allowed} values (server.limits.maxInputValues), items of lists and members of objects. Send shorter lists.`
  return { status: 413, code: 'QUERY_TOO_EXPENSIVE', message }
}

const [QUOTE, COMMA, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [
  0x22, 0x2c, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d,
]

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text.charCodeAt(index) !== QUOTE)
    index += text.charCodeAt(index) === BACKSLASH ? 2 : 1
  return index
}
