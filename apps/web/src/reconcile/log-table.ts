import { decodeLog, detectFormat, isJsonObject, jsonMembers, type LogFormat } from '@waybill/reconcile'
import { parse } from 'papaparse'

/** The beginning of a log is enough to show how it is read, in bytes. */
const HEAD_BYTES = 262_144
const SHOWN_ROWS = 5

/** A log is read again for one of its entries up to this size, in bytes. */
const LARGEST_BYTES = 256_000_000

/** And for a list of findings up to this one, which takes less than a second. */
const LARGEST_LISTED_BYTES = 16_000_000

/** The beginning of a log as a table. */
export interface LogTable {
  readonly format: LogFormat
  readonly skippedLines: number
  /** A name that `TextDecoder` knows; null: it is found out. */
  readonly encoding: string | null
  readonly columns: readonly string[]
  /** The first entries. */
  readonly rows: readonly LogRow[]
}

/** The values of an entry, in the order of the columns. */
export type LogRow = readonly string[]

/** An entry as the log has it. */
export interface LogLine {
  readonly values: LogRow
  /** The line that it begins in, counted from 1. */
  readonly line: number
}

/**
 * Reads the beginning of a log.
 * @throws LogError where it is no log.
 */
export async function readTable(file: Blob, encoding: string | null): Promise<LogTable> {
  const isWhole = file.size <= HEAD_BYTES
  const text = await decode(file.slice(0, HEAD_BYTES), encoding, isWhole)
  // The last line may have been cut.
  const head = isWhole ? text : text.slice(0, text.lastIndexOf('\n') + 1) || text
  const { format, skippedLines } = detectFormat(head)
  const records = recordsOf(head, format, skippedLines)
  const [names = [], rows] = format.kind === 'csv' ? firstAndRest(records) : [namesOf(head), records]
  const columns = names.map((name) => name.trim())
  return {
    format,
    skippedLines,
    encoding,
    columns,
    rows: take(withColumns(rows, format, columns), SHOWN_ROWS),
  }
}

/**
 * The entries that one finding is about.
 *
 * @param entries counted from 1
 * @returns Without those that the log does not have; none where the log is too large to be read again.
 */
export async function readOpened(
  file: Blob,
  table: LogTable,
  entries: readonly number[],
): Promise<ReadonlyMap<number, LogLine>> {
  if (file.size <= LARGEST_LISTED_BYTES) return readEntries(file, table, entries)
  if (file.size > LARGEST_BYTES) return new Map()
  const last = entries.reduce((one, other) => Math.max(one, other), 0)
  return linesOf(await readRecords(file, table, last), table, entries)
}

/**
 * Several entries, for a list of them. The log is read once, however many lists there are.
 *
 * @param entries counted from 1
 * @returns Without those that the log does not have; none where the log is too large to be read again for that.
 */
export async function readEntries(
  file: Blob,
  table: LogTable,
  entries: readonly number[],
): Promise<ReadonlyMap<number, LogLine>> {
  if (file.size > LARGEST_LISTED_BYTES) return new Map()
  const records = wholeLogs.get(table) ?? readRecords(file, table, Number.POSITIVE_INFINITY)
  wholeLogs.set(table, records)
  return linesOf(await records, table, entries)
}

/** Logs that were read as a whole. Each goes with its table, once nothing shows that any more. */
const wholeLogs = new WeakMap<LogTable, Promise<readonly WrittenRecord[]>>()

/** The records of a log up to an entry, the names of its columns included; none where the file cannot be read any more. */
async function readRecords(
  file: Blob,
  { format, encoding, skippedLines }: LogTable,
  last: number,
): Promise<readonly WrittenRecord[]> {
  try {
    return recordsOf(await decode(file, encoding, true), format, skippedLines, last + headerOf(format))
  } catch {
    return []
  }
}

function linesOf(
  records: readonly WrittenRecord[],
  { format, columns }: LogTable,
  entries: readonly number[],
): ReadonlyMap<number, LogLine> {
  const found = new Map<number, LogLine>()
  for (const entry of entries) {
    const record = records[entry + headerOf(format) - 1]
    const [values] = record === undefined ? [] : withColumns([record], format, columns)
    if (record !== undefined && values !== undefined) found.set(entry, { values, line: record.line })
  }
  return found
}

function headerOf({ kind }: LogFormat): number {
  return kind === 'csv' ? 1 : 0
}

async function decode(part: Blob, encoding: string | null, isWhole: boolean): Promise<string> {
  const bytes = new Uint8Array(await part.arrayBuffer())
  let text = ''
  // The last character of a part may be cut, which the end of the text would complain about.
  for await (const piece of decodeLog([bytes], encoding ?? undefined)) {
    text += piece
    if (!isWhole && text !== '') break
  }
  return text
}

/** A record of a text as it is written: the values of CSV, or the line of NDJSON. */
interface WrittenRecord {
  readonly values: readonly string[]
  /** The line that it begins in, counted from 1. */
  readonly line: number
}

function recordsOf(
  text: string,
  format: LogFormat,
  skippedLines: number,
  most = SHOWN_ROWS + 1,
): WrittenRecord[] {
  if (format.kind === 'ndjson') {
    const lines = text.split('\n').map((line, index) => ({ values: [line], line: index + 1 }))
    return lines.filter(({ values: [line = ''] }) => line.trim() !== '').slice(0, most)
  }
  const body = text.split('\n').slice(skippedLines).join('\n')
  const { delimiter } = format
  const records: WrittenRecord[] = []
  let place = 0
  let line = skippedLines + 1
  // Only with a step does the limit leave out empty lines and rows of empty cells, as the server does.
  parse<string[]>(body, {
    delimiter,
    skipEmptyLines: 'greedy',
    // 0: all of them.
    preview: Number.isFinite(most) ? most : 0,
    step: ({ data, meta: { cursor } }) => {
      // Empty lines before a record are taken with it, so it begins as many lines before its end as it has.
      const isEnded = /[\r\n]$/.test(body.slice(place, cursor))
      line += breaksIn(body.slice(place, cursor))
      place = cursor
      records.push({
        values: data,
        line: line - Number(isEnded) - data.reduce((sum, value) => sum + breaksIn(value), 0),
      })
    },
  })
  return records
}

function breaksIn(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0
}

function withColumns(
  records: readonly WrittenRecord[],
  { kind }: LogFormat,
  columns: readonly string[],
): LogRow[] {
  if (kind === 'csv') return records.map(({ values }) => columns.map((_, index) => values[index] ?? ''))
  return records.map(({ values: [line = ''] }) => {
    const members = membersOf(line)
    return columns.map((name) => {
      const value = members.get(name)
      if (value === null || value === undefined) return ''
      return typeof value === 'string' ? value : JSON.stringify(value)
    })
  })
}

function namesOf(head: string): string[] {
  const lines = head.split('\n').filter((line) => line.trim() !== '')
  const members = lines.flatMap((line) => [...membersOf(line)])
  return [...new Set(members.flatMap(([name, value]) => (isJsonObject(value) ? [] : [name])))]
}

/** What the server refuses, with its line, is empty here. */
function membersOf(line: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    return isJsonObject(value) ? jsonMembers(value) : new Map()
  } catch {
    return new Map()
  }
}

function firstAndRest(
  records: readonly WrittenRecord[],
): [readonly string[] | undefined, readonly WrittenRecord[]] {
  const [first, ...rest] = records
  return [first?.values, rest]
}

function take<T>(items: readonly T[], count: number): T[] {
  return items.slice(0, count)
}
