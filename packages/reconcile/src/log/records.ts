import { pipeline, Readable } from 'node:stream'
import { CsvError, type InfoRecord, parse } from 'csv-parse'
import { detectFormat, type LogFormat } from './log-format.js'
import { LogError, tooLong } from './log-error.js'
import type { LogRecord } from './log-record.js'
import { namesInHead, readNdjson } from './ndjson-records.js'

/** A log before its columns have a meaning. */
export interface LogTable {
  readonly format: LogFormat
  readonly columns: readonly string[]
  readonly records: AsyncIterable<LogRecord>
}

/** What the parser gives for a record. */
interface CsvRow {
  readonly record: string[]
  readonly info: InfoRecord
}

/** How much of a log is looked at to find out how it is written. */
const HEAD_LENGTH = 65_536

/**
 * Reads a log as a table: NDJSON where it begins with a brace, else CSV whose first line names the columns, with the
 * delimiter that divides its first lines most evenly.
 *
 * @param maxLength - the most characters that a record may have.
 * @throws LogError where it is neither, now or while its records are read.
 */
export async function readTable(text: AsyncIterable<string>, maxLength: number): Promise<LogTable> {
  const { head, isWhole, rest } = await takeHead(text, maxLength)
  const { format, skippedLines: skipped } = detectFormat(head)
  if (format.kind === 'ndjson') {
    if (!head.includes('\n') && head.length > maxLength) throw tooLong(1, maxLength)
    const columns = namesInHead(head, isWhole)
    return { format, columns, records: readNdjson(rest, columns, maxLength) }
  }
  const rows = readCsv(rest, { delimiter: format.delimiter, maxLength, skipped })
  const first = await rows.next()
  const columns = (first.done === true ? [] : first.value.values).map((name) => name?.trim() ?? '')
  return { format, columns, records: withWidth(withoutBlanks(rows), columns.length) }
}

/** The beginning of a text, with one whole line at least and however it arrives, and the text from its beginning on. */
async function takeHead(
  text: AsyncIterable<string>,
  maxLength: number,
): Promise<{ head: string; isWhole: boolean; rest: AsyncIterable<string> }> {
  const iterator = text[Symbol.asyncIterator]()
  let taken = ''
  let isDone = false
  const isEnough = (): boolean =>
    taken.length >= HEAD_LENGTH && (taken.includes('\n') || taken.length > maxLength)
  while (!isDone && !isEnough()) {
    const next = await iterator.next()
    isDone = next.done === true
    taken += next.value ?? ''
  }
  async function* rest(): AsyncGenerator<string, void, undefined> {
    yield taken
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  const lineEnd = taken.indexOf('\n')
  const head = taken.slice(0, Math.max(HEAD_LENGTH, lineEnd === -1 ? maxLength + 1 : lineEnd + 1))
  return { head, isWhole: isDone && head.length === taken.length, rest: rest() }
}

interface CsvOptions {
  readonly delimiter: string
  readonly maxLength: number
  /** How many lines are before the names of the columns. */
  readonly skipped: number
}

async function* readCsv(
  text: AsyncIterable<string>,
  { delimiter, maxLength, skipped }: CsvOptions,
): AsyncGenerator<LogRecord, void, undefined> {
  // The parser is ahead of what is read here, and its errors overtake its records.
  let parsedLines = skipped
  const parser = parse({
    info: true,
    delimiter,
    relax_column_count: true,
    // Parts of one log may come from systems that end lines differently.
    record_delimiter: ['\r\n', '\n', '\r'],
    skip_empty_lines: true,
    max_record_size: maxLength,
    from_line: skipped + 1,
    on_record: (record, context) => {
      parsedLines = context.lines
      return record
    },
  })
  pipeline(Readable.from(text), parser, () => undefined)
  let lines = skipped
  let emptyLines = 0
  try {
    for await (const row of parser as AsyncIterable<CsvRow>) {
      const line = lines + 1 + row.info.empty_lines - emptyLines
      lines = row.info.lines
      emptyLines = row.info.empty_lines
      yield { line, values: row.record }
    }
  } catch (error) {
    throw error instanceof CsvError ? describeCsvError(error, parsedLines + 1, maxLength) : error
  }
}

function describeCsvError(error: CsvError, begin: number, maxLength: number): LogError {
  const place = { line: begin, column: typeof error['column'] === 'number' ? error['column'] + 1 : null }
  switch (error.code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new LogError(
        place,
        'QUOTES',
        'a quote is opened and never closed',
        'Close it, or double quotes inside.',
        {
          cause: error,
        },
      )
    case 'CSV_MAX_RECORD_SIZE':
      return tooLong(begin, maxLength)
    default: {
      const line = typeof error['lines'] === 'number' ? error['lines'] : begin
      const remedy = 'Enclose the whole value in quotes, and double those inside.'
      return new LogError({ ...place, line }, 'QUOTES', 'there is a quote inside a value', remedy, {
        cause: error,
      })
    }
  }
}

/** Spreadsheets leave rows of empty cells behind. */
async function* withoutBlanks(rows: AsyncIterable<LogRecord>): AsyncGenerator<LogRecord, void, undefined> {
  for await (const row of rows) if (row.values.some((value) => (value?.trim() ?? '') !== '')) yield row
}

async function* withWidth(
  rows: AsyncIterable<LogRecord>,
  width: number,
): AsyncGenerator<LogRecord, void, undefined> {
  for await (const row of rows) {
    if (row.values.length !== width) {
      const problem = `there are ${row.values.length} values for ${width} columns`
      throw new LogError(
        { line: row.line, column: null },
        'WIDTH',
        problem,
        'Enclose values with a delimiter in quotes.',
      )
    }
    yield row
  }
}
