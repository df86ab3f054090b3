import { stringify } from 'csv-stringify/sync'
import { type ExportedMessage, type ExportFieldName, jsonValueOf } from '../fields.js'
import { keepText } from './spreadsheet-text.js'
import type { TextFormat } from './text-format.js'

/** What CSV is written like. */
export interface CsvOptions {
  /** What separates two cells: one character. */
  readonly separator: string
  /** Whether the file begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
  readonly bom: boolean
  /** Whether texts that a spreadsheet would run as formulas, or change as numbers, get an apostrophe before them. */
  readonly keepTexts: boolean
}

/** What a file has where nobody chooses. */
export const DEFAULT_CSV: CsvOptions = { separator: ',', bom: true, keepTexts: true }

/** RFC 4180: a line of names, then one record a message; null is an empty cell, objects are JSON. */
export function csv(
  fields: readonly ExportFieldName[],
  { separator, bom, keepTexts }: CsvOptions,
): TextFormat {
  const options = { delimiter: separator, record_delimiter: '\r\n', quote_record_delimiter: true }
  const cell = (value: unknown): string => {
    if (value === null || value === undefined) return ''
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return keepTexts ? keepText(text) : text
  }
  return {
    head: stringify([fields], { ...options, bom }),
    write: (messages: readonly ExportedMessage[]) =>
      stringify(
        messages.map((message) => fields.map((name) => cell(jsonValueOf(name, message)))),
        options,
      ),
  }
}
