import { EXPORT_FIELDS, type ExportFieldName, jsonReaderOf } from '../fields.js'
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
  const columns = fields.map((name) => ({
    read: jsonReaderOf(name),
    // No spreadsheet takes a time for a formula or another number.
    isKept: keepTexts && EXPORT_FIELDS[name].kind !== 'time',
  }))
  return {
    head: `${bom ? BYTE_ORDER_MARK : ''}${fields.map((name) => quote(name, separator)).join(separator)}${LINE_END}`,
    line: (message) => {
      let record = ''
      for (const { read, isKept } of columns) {
        const text = textOf(read(message))
        const isPlain = text === '' || (PLAIN.test(text) && !text.includes(separator))
        record += separator + (isPlain ? text : quote(isKept ? keepText(text) : text, separator))
      }
      return record.slice(separator.length) + LINE_END
    },
  }
}

const BYTE_ORDER_MARK = '\uFEFF'
const LINE_END = '\r\n'

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What nearly every cell is: nothing that is quoted, or that a spreadsheet takes for something else. */
const PLAIN = /^(?:[A-Za-z][^"\r\n\t,;]*|[1-9]\d{0,10})$/
const QUOTED = /["\r\n]/

function quote(text: string, separator: string): string {
  if (!QUOTED.test(text) && !text.includes(separator)) return text
  return `"${text.replaceAll('"', '""')}"`
}
