import { LogError } from './log-error.js'

/** How a log is written. */
export type LogFormat = { readonly kind: 'csv'; readonly delimiter: string } | { readonly kind: 'ndjson' }

/** What the beginning of a log shows. */
export interface DetectedFormat {
  readonly format: LogFormat
  /** How many lines are before the names of the columns. */
  readonly skippedLines: number
}

const DELIMITERS = [',', ';', '\t', '|']
/** How spreadsheets announce the delimiter, in a line before all others. */
const ANNOUNCED = /^sep=([^\r\n"])\r?\n/i

/** How the body of a form begins. */
const FORM = /^--[^\r\n]+\r?\ncontent-disposition:/i

/**
 * Finds out how a log is written: NDJSON where it begins with a brace, else CSV with the delimiter that it announces or that
 * divides its first lines most evenly.
 *
 * @param head - its beginning, with one whole line at least.
 * @throws LogError where it is empty, a JSON array, HTML or a form.
 */
export function detectFormat(head: string): DetectedFormat {
  const start = head.trimStart()
  if (start === '')
    throw new LogError(
      { line: null, column: null },
      'EMPTY',
      'the log is empty',
      'Give a log with at least one entry.',
    )
  if (start.startsWith('['))
    throw new LogError(
      { line: 1, column: null },
      'NOT_A_LOG',
      'this is a JSON array',
      'Write one JSON object a line (NDJSON).',
    )
  if (start.startsWith('{')) return { format: { kind: 'ndjson' }, skippedLines: 0 }
  if (start.startsWith('<'))
    throw new LogError(
      { line: 1, column: null },
      'NOT_A_LOG',
      'this is HTML or XML',
      'Save the sheet as CSV.',
    )
  if (FORM.test(start))
    throw new LogError(
      { line: 1, column: null },
      'NOT_A_LOG',
      'this is a form (multipart/form-data), with the log inside',
      'Send the log itself as the body: curl --data-binary @sent.csv.',
    )
  const [announced, given] = ANNOUNCED.exec(head) ?? []
  const delimiter = given ?? guessDelimiter(head)
  return { format: { kind: 'csv', delimiter }, skippedLines: announced === undefined ? 0 : 1 }
}

/** The delimiter with the most columns of those that give the first lines equally many; else the most frequent one. */
function guessDelimiter(head: string): string {
  const lines = head
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/, 20)
    .filter((line) => line.trim() !== '')
  const [first = ''] = lines
  const scored = DELIMITERS.map((delimiter) => {
    const count = first.split(delimiter).length
    const alike = lines.filter((line) => line.split(delimiter).length === count).length
    return { delimiter, count, isEven: alike === lines.length || alike >= lines.length - 1 }
  })
  const byCount = scored.toSorted((a, b) => Number(b.isEven) - Number(a.isEven) || b.count - a.count)
  const [best] = byCount.filter(({ count }) => count > 1)
  return best?.delimiter ?? ','
}
