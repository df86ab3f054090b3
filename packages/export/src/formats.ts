import { stringify } from 'csv-stringify/sync'
import { type ExportedMessage, type ExportFieldName, EXPORT_FIELDS } from './fields.js'
import { keepText } from './spreadsheet-text.js'

/** How messages are written. */
export interface Format {
  /** What a file begins with. */
  readonly head: string
  /** Some messages, each with its end of line. */
  write(messages: readonly ExportedMessage[]): string
}

export type FormatName = 'ndjson' | 'csv'

export const FORMAT_NAMES: readonly FormatName[] = ['ndjson', 'csv']

/** What CSV is written like. */
export interface CsvOptions {
  /** What separates two cells: one character. */
  readonly separator: string
  /** Whether the file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
  readonly bom: boolean
  /** Whether texts that a spreadsheet would run as formulas, or change as numbers, get an apostrophe before them. */
  readonly keepTexts: boolean
}

export function createFormat(
  name: FormatName,
  fields: readonly ExportFieldName[],
  options: CsvOptions,
): Format {
  return name === 'csv' ? csv(fields, options) : ndjson(fields)
}

/** The format that the name of a file asks for; NDJSON for any other name, and for standard output. */
export function formatOf(file: string | null): FormatName {
  return file !== null && /\.csv$/i.test(file) ? 'csv' : 'ndjson'
}

/** One JSON object a line. */
function ndjson(fields: readonly ExportFieldName[]): Format {
  const line = (message: ExportedMessage): string => {
    const entries = fields.map((name) => [name, EXPORT_FIELDS[name].value(message)] as const)
    return `${JSON.stringify(Object.fromEntries(entries))}\n`
  }
  return { head: '', write: (messages) => messages.map(line).join('') }
}

/** RFC 4180: a line of names, then one record a message; null is an empty cell, objects are JSON. */
export function csv(fields: readonly ExportFieldName[], { separator, bom, keepTexts }: CsvOptions): Format {
  const options = { delimiter: separator, record_delimiter: '\r\n', quote_record_delimiter: true }
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return ''
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return keepTexts ? keepText(text) : text
  }
  return {
    head: stringify([fields], { ...options, bom }),
    write: (messages) =>
      stringify(
        messages.map((message) => fields.map((name) => cell(EXPORT_FIELDS[name].value(message)))),
        options,
      ),
  }
}
