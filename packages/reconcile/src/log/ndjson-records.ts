import { isExactNumber, parseExactJson } from '@waybill/core'
import { isJsonObject, jsonMembers } from './json-members.js'
import { LogError, tooLong } from './log-error.js'
import type { LogRecord, ValueFault } from './log-record.js'

/**
 * Reads one JSON object a line. Members of objects inside are columns too: `text.body`.
 *
 * @param maxLength - the most characters that a line may have.
 * @throws LogError for a line that is no JSON object.
 */
export async function* readNdjson(
  text: AsyncIterable<string>,
  columns: readonly string[],
  maxLength: number,
): AsyncGenerator<LogRecord, void, undefined> {
  let line = 0
  for await (const written of linesOf(text, maxLength)) {
    line += 1
    if (written.trim() !== '') yield parseLine(written, line, columns)
  }
}

async function* linesOf(
  text: AsyncIterable<string>,
  maxLength: number,
): AsyncGenerator<string, void, undefined> {
  let rest = ''
  let line = 1
  for await (const part of text) {
    const lines = (rest + part).split('\n')
    rest = lines.pop() ?? ''
    for (const each of [...lines, ...(rest.length > maxLength ? [rest] : [])]) {
      if (each.length > maxLength) throw tooLong(line, maxLength)
      line += 1
      yield each
    }
  }
  yield rest
}

function parseLine(written: string, line: number, columns: readonly string[]): LogRecord {
  const members = jsonMembers(parseJson(written, line))
  const faults = new Map<number, ValueFault>()
  const values = columns.map((column, index) => {
    const member = members.get(column)
    const fault = faultOf(member)
    if (fault !== null) faults.set(index, fault)
    if (member === null || member === undefined) return null
    if (isExactNumber(member)) return member.rawJSON
    return typeof member === 'string' ? member : JSON.stringify(member)
  })
  const known = new Set(columns)
  const others = [...members].flatMap(([name, member]) =>
    known.has(name) || isJsonObject(member) ? [] : [name],
  )
  return { line, values, others, faults }
}

/** What keeps a value from being read, if it is needed. */
function faultOf(member: unknown): ValueFault | null {
  if (isExactNumber(member) && /^-?\d+$/.test(member.rawJSON))
    return {
      kind: 'LOST_DIGITS',
      problem: 'the number has lost digits',
      remedy: 'Write it as a text, in quotes.',
    }
  if (Array.isArray(member))
    return {
      kind: 'NOT_JSON',
      problem: 'the value is a list',
      remedy: 'Write one value, and an entry for each recipient.',
    }
  if (!isJsonObject(member)) return null
  return {
    kind: 'NOT_JSON',
    problem: 'the value is an object',
    remedy: 'Name one of its members, for example with --map text=text.body.',
  }
}

function parseJson(written: string, line: number): Readonly<Record<string, unknown>> {
  const remedy = 'Write one JSON object a line.'
  try {
    const value = parseExactJson(written)
    if (isJsonObject(value)) return value
  } catch (cause) {
    const [, position] = /position (\d+)/.exec(String(cause)) ?? []
    const column = position === undefined ? null : Number(position) + 1
    throw new LogError({ line, column }, 'NOT_JSON', 'this is not JSON', remedy, { cause })
  }
  throw new LogError({ line, column: null }, 'NOT_JSON', 'this is not a JSON object', remedy)
}

/** The names in the whole lines at the beginning, in the order in which they occur. */
export function namesInHead(head: string, isWhole: boolean): string[] {
  const lines = head.split('\n')
  const whole = isWhole ? lines : lines.slice(0, -1)
  const written = whole
    .map((each, index) => ({ each, line: index + 1 }))
    .filter(({ each }) => each.trim() !== '')
  const members = written.flatMap(({ each, line }) => [...jsonMembers(parseJson(each, line))])
  return [...new Set(members.flatMap(([name, member]) => (isJsonObject(member) ? [] : [name])))]
}
