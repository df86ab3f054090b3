import {
  MESSAGE_STATUSES,
  type MessageStatus,
  type NationalNumbers,
  nearestName,
  parsePhone,
} from '@waybill/core'
import type { LogEntry } from '../entry.js'
import {
  type ColumnMap,
  type GivenColumns,
  LOG_FIELDS,
  type LogField,
  mapColumns,
  missedColumn,
} from './columns.js'
import { cellValue, exact, exactId } from './cell-values.js'
import { decodeLog } from './decode-log.js'
import { LogError, type LogPlace } from './log-error.js'
import type { LogFormat } from './log-format.js'
import type { LogRecord } from './log-record.js'
import { readTable } from './records.js'
import { joinTime } from './time-of-day.js'
import { type LocalZone, localZone, readTime, type TimeFormat } from './times.js'

/** How a log is read. */
export interface ReadLogOptions {
  /** Which column a field is read from; null for none. Fields that are not given are guessed by the columns' names. */
  readonly map?: GivenColumns | undefined
  /** The zone of times without one, as an IANA name (`Europe/Berlin`). Without it such times are refused. */
  readonly timeZone?: string | undefined
  /** Reads numbers that are written without a country code. Without it they are refused. */
  readonly national?: NationalNumbers | undefined
  /** The log's encoding, as a name that `TextDecoder` knows. Default: UTF-8 or UTF-16, whichever it is. */
  readonly encoding?: string | undefined
  /** The most characters that an entry may have. Default: 1,048,576. */
  readonly maxEntryLength?: number | undefined
}

/** A log that is being read. */
export interface OpenLog {
  readonly format: LogFormat
  /** The names of all columns. */
  readonly columns: readonly string[]
  /** Which column each field is read from. */
  readonly map: ColumnMap
  /** The entries in the order of the log, numbered from 1. Throws LogError at the first that cannot be read. */
  readonly entries: AsyncIterable<LogEntry>
}

/** What other systems call the statuses, in lower case. */
const STATUS_WORDS: Readonly<Record<string, MessageStatus>> = {
  ...Object.fromEntries(MESSAGE_STATUSES.map((status) => [status.toLowerCase(), status])),
  accepted: 'SENT',
  submitted: 'SENT',
  queued: 'SENT',
  seen: 'READ',
  error: 'FAILED',
  undelivered: 'FAILED',
  undeliverable: 'FAILED',
  rejected: 'FAILED',
}

/**
 * Opens a log: CSV with a line of names, or NDJSON. Delimiter, encoding and columns are found out; what cannot be read is
 * refused with line, column and remedy. One entry at a time is held.
 *
 * @throws LogError where it is empty, no log, or has no usable column.
 */
export async function openLog(
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: ReadLogOptions = {},
): Promise<OpenLog> {
  const zone = options.timeZone === undefined ? null : localZone(options.timeZone)
  if (options.timeZone !== undefined && zone === null)
    throw new LogError(
      { line: null, column: null },
      'TIME_ZONE',
      'the time zone is unknown',
      'Give an IANA name, such as Europe/Berlin.',
    )
  const table = await readTable(decodeLog(bytes, options.encoding), options.maxEntryLength ?? 1_048_576)
  const map = mapColumns(table.columns, options.map)
  const { national } = options
  return {
    format: table.format,
    columns: table.columns,
    map,
    entries: readEntries(table.records, table.columns, map, {
      times: new TimeReader(zone),
      national,
      missed: (names) => missedColumn(names, map, options.map),
    }),
  }
}

/** What the fields of one log are read with. */
interface Readers {
  readonly times: TimeReader
  readonly national: NationalNumbers | undefined
  /** A column that has not been read, of names that are not among the columns. */
  readonly missed: (names: readonly string[]) => string | undefined
}

async function* readEntries(
  records: AsyncIterable<LogRecord>,
  columns: readonly string[],
  map: ColumnMap,
  readers: Readers,
): AsyncGenerator<LogEntry, void, undefined> {
  const places = LOG_FIELDS.flatMap((field) => {
    const column = map[field]
    return column === undefined ? [] : [{ field, column, index: columns.indexOf(column) }]
  })
  let entry = 0
  for await (const { line, values, others = [], faults } of records) {
    entry += 1
    const missed = others.length === 0 ? undefined : readers.missed(others)
    if (missed !== undefined)
      throw new LogError(
        { line, column: missed },
        'COLUMNS',
        'the column occurs here, and not in the first lines',
        'Write it in the first line too, as null if it has no value there.',
      )
    const fields: Partial<Record<LogField, string>> = {}
    const where: Partial<Record<LogField, LogPlace>> = {}
    for (const { field, column, index } of places) {
      const place = { line, column }
      const fault = faults?.get(index)
      if (fault !== undefined) throw new LogError(place, fault.kind, fault.problem, fault.remedy)
      const value = cellValue(field, values[index] ?? '', place)
      if (value !== '') fields[field] = value
      where[field] = place
    }
    yield readEntry(entry, fields, (field) => where[field] ?? { line, column: null }, readers)
  }
  if (entry === 0)
    throw new LogError(
      { line: 1, column: null },
      'EMPTY',
      'the log has column names but no entries',
      'Give a log with at least one entry.',
    )
}

function readEntry(
  entry: number,
  { id, whatsappId, reference, to, at, timeOfDay, text, status }: Partial<Record<LogField, string>>,
  place: (field: LogField) => LogPlace,
  { times, national }: Readers,
): LogEntry {
  // Some upstreams call WhatsApp's id "message_id".
  const isWhatsappId = whatsappId === undefined && id?.startsWith('wamid.') === true
  const time = joinTime(at ?? '', timeOfDay ?? '')
  if (time === '' && id === undefined && whatsappId === undefined)
    throw new LogError(
      place('at'),
      'TIME',
      'the entry has neither a time nor an id',
      'Give it one of them, or remove the line if it is no entry, such as a line of totals.',
    )
  return {
    entry,
    at: time === '' ? null : times.read(time, place(time === timeOfDay ? 'timeOfDay' : 'at')),
    id: id === undefined || isWhatsappId ? null : exactId(id, place('id')),
    whatsappId: (isWhatsappId ? id : whatsappId) ?? null,
    reference: reference === undefined ? null : exact(reference, place('reference')),
    to: to === undefined ? null : readNumber(exact(to, place('to')), place('to'), national),
    text: text ?? null,
    status: status === undefined ? null : readStatus(status, place('status')),
  }
}

function readNumber(text: string, place: LogPlace, national: NationalNumbers | undefined): string {
  const reading = parsePhone(text, { national })
  // Ids of people and groups have digits: this may be a name, a text or the word before a total.
  const isWord = reading.kind !== 'invalid' && !/[\p{Nd}@]/u.test(reading.value)
  if (reading.kind !== 'invalid' && !isWord) return reading.value
  const problem = reading.kind === 'invalid' ? reading.problem : 'this is neither a phone number nor an id'
  throw new LogError(
    place,
    'NUMBER',
    `the number cannot be read: ${problem.replace(/\.$/, '')}`,
    'Write it with its country code, such as +49 30 23125380, or give the country of national numbers (--default-country DE).',
  )
}

function readStatus(word: string, place: LogPlace): MessageStatus {
  const folded = word.toLowerCase()
  const status = Object.hasOwn(STATUS_WORDS, folded) ? STATUS_WORDS[folded] : undefined
  if (status !== undefined) return status
  const words = Object.keys(STATUS_WORDS)
  const nearest = nearestName(folded, words)
  const hint = nearest === null || nearest === undefined ? '' : `Did you mean ${nearest}? `
  throw new LogError(place, 'STATUS', 'the status is unknown', `${hint}Known are ${words.join(', ')}.`)
}

/** Reads the times of one log, which are all written in one way. */
class TimeReader {
  readonly #zone: LocalZone | null
  #first: { readonly format: TimeFormat; readonly line: number | null } | null = null

  constructor(zone: LocalZone | null) {
    this.#zone = zone
  }

  read(text: string, place: LogPlace): number {
    const time = readTime(exact(text, place), this.#zone)
    if ('problem' in time) throw new LogError(place, time.fault, time.problem, time.remedy)
    this.#first ??= { format: time.format, line: place.line }
    if (time.format !== this.#first.format)
      throw new LogError(
        place,
        'TIME',
        `the time is written as ${time.format}, that of line ${this.#first.line} as ${this.#first.format}`,
        'Write all times in one way.',
      )
    return time.value
  }
}
