import { EXPORT_FIELDS, type ExportedMessage, type ExportFieldName, jsonReaderOf } from '../fields.js'
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
  const columns = fields.map((name) => cellOf(name, separator, keepTexts))
  return {
    head: `${bom ? BYTE_ORDER_MARK : ''}${fields.map((name) => quote(name, separator)).join(separator)}${LINE_END}`,
    // Without `entries()`, whose pairs would be a third of all that an export allocates.
    line: (message) => columns.map((cell) => cell(message)).join(separator),
    lineEnd: LINE_END,
  }
}

/** Writes the cell of a field. A value that is the same in one message after the other is written once. */
function cellOf(
  name: ExportFieldName,
  separator: string,
  keepTexts: boolean,
): (message: ExportedMessage) => string {
  const read = jsonReaderOf(name)
  const isTime = EXPORT_FIELDS[name].kind === 'time'
  const isUsual = USUAL_SEPARATOR.test(separator)
  const write = (text: string): string => {
    if (isUsual && (isTime || PLAIN.test(text))) return text
    // No spreadsheet takes a time for a formula or another number.
    return quote(keepTexts && !isTime ? keepText(text) : text, separator)
  }
  let last: unknown = null
  let lastCell = ''
  return (message) => {
    const value = read(message)
    if (value === last) return lastCell
    last = value
    lastCell = value === null || value === undefined ? '' : write(textOf(value))
    return lastCell
  }
}

const BYTE_ORDER_MARK = '\uFEFF'
const LINE_END = '\r\n'

/** Separators that neither a plain text nor a time has in it. */
const USUAL_SEPARATOR = /^[,;\t]$/

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What nearly every cell is: nothing that is quoted, or that a spreadsheet takes for something else. */
const PLAIN = /^(?:[A-Za-z][^"\r\n\t,;]*|[1-9]\d{0,10})$/
const QUOTED = /["\r\n]/

function quote(text: string, separator: string): string {
  if (!QUOTED.test(text) && !text.includes(separator)) return text
  return `"${text.replaceAll('"', '""')}"`
}
