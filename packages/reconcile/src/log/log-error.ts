import { WaybillError } from '@waybill/core'

/** Where a log is wrong. */
export interface LogPlace {
  /** The line of the file, counted from 1; null: the file as a whole. */
  readonly line: number | null
  /** The name of the column, or its place in the line where it has none; null: the line as a whole. */
  readonly column: string | number | null
}

/** What can be wrong with a log, for programs that say it in their own words. */
export const LOG_FAULTS = [
  /** It has no entry. */
  'EMPTY',
  /** It is a file of a spreadsheet program: XLSX, XLS, ODS. */
  'SPREADSHEET',
  /** It is a compressed file or an archive of files. */
  'COMPRESSED',
  /** It is a document, a picture or a recording. */
  'DOCUMENT',
  /** It is a file of another kind: JSON, HTML, a form. */
  'NOT_A_LOG',
  /** Its encoding is unknown, or its bytes are not in that encoding. */
  'ENCODING',
  /** Its columns have no names, the same name, or not the fields that are needed. */
  'COLUMNS',
  /** A quote in CSV is not closed, or is inside a value. */
  'QUOTES',
  /** A line of CSV has too many or too few values. */
  'WIDTH',
  /** An entry is too long. */
  'TOO_LONG',
  /** A line of NDJSON is not a JSON object. */
  'NOT_JSON',
  /** A number has lost digits, as in spreadsheets. */
  'LOST_DIGITS',
  /** A phone number cannot be read. */
  'NUMBER',
  /** A time cannot be read, or has more than one meaning. */
  'TIME',
  /** A time is a day without a time of day. */
  'NO_TIME_OF_DAY',
  /** A time is a time of day without a day. */
  'NO_DAY',
  /** The time zone is unknown. */
  'TIME_ZONE',
  /** A status is unknown. */
  'STATUS',
] as const

export type LogFault = (typeof LOG_FAULTS)[number]

/** A log cannot be read. The message gives the place, the problem and the remedy. It quotes no number and no text. */
export class LogError extends WaybillError implements LogPlace {
  declare readonly code: 'BAD_USER_INPUT'
  readonly fault: LogFault
  readonly line: number | null
  readonly column: string | number | null

  /** @param problem - a sentence without its full stop, and @param remedy - a whole sentence. */
  constructor(
    { line, column }: LogPlace,
    fault: LogFault,
    problem: string,
    remedy: string,
    options?: ErrorOptions,
  ) {
    super('BAD_USER_INPUT', `${describePlace(line, column)}${problem}. ${remedy}`, options)
    this.fault = fault
    this.line = line
    this.column = column
  }
}

function describePlace(line: number | null, column: string | number | null): string {
  const name = typeof column === 'string' ? JSON.stringify(column) : column
  const places = [...(line === null ? [] : [`line ${line}`]), ...(name === null ? [] : [`column ${name}`])]
  return places.length === 0 ? '' : `${places.join(', ')}: `
}

/** The mistake of an entry that is longer than allowed. */
export function tooLong(line: number, maxLength: number): LogError {
  const remedy = 'Look for a quote that is not closed, or shorten the entry.'
  return new LogError(
    { line, column: null },
    'TOO_LONG',
    `the entry has more than ${maxLength} characters`,
    remedy,
  )
}
