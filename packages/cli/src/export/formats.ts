import { type ExportedMessage, type ExportFieldName, EXPORT_FIELDS } from './fields.js'

/** How messages are written. */
export interface Format {
  /** What stands before the first one. */
  readonly head: string
  /** One message, its end of line included. */
  write(message: ExportedMessage): string
}

/** What decides how a file looks. */
export interface FormatOptions {
  readonly fields: readonly ExportFieldName[]
  /** Whether a spreadsheet is kept from taking a text for a formula. */
  readonly guardFormulas: boolean
}

export type FormatName = 'ndjson' | 'csv'

/** The formats that there are. */
export const FORMAT_NAMES: readonly FormatName[] = ['ndjson', 'csv']

export function createFormat(name: FormatName, options: FormatOptions): Format {
  return name === 'csv' ? csv(options) : ndjson(options)
}

/** The format that a file's name tells; NDJSON where it tells none. */
export function formatOf(file: string | null): FormatName {
  return file !== null && /\.csv$/i.test(file) ? 'csv' : 'ndjson'
}

/** One JSON object a line. */
export function ndjson({ fields }: Pick<FormatOptions, 'fields'>): Format {
  return {
    head: '',
    write: (message) => {
      const entries = fields.map((name) => [name, EXPORT_FIELDS[name].value(message)] as const)
      return `${JSON.stringify(Object.fromEntries(entries))}\n`
    },
  }
}

/** RFC 4180: a line of names, then one record a message; what holds a comma, a quote or a line break is quoted. */
export function csv({ fields, guardFormulas }: FormatOptions): Format {
  const cell = (value: unknown): string => quote(guardFormulas ? guard(textOf(value)) : textOf(value))
  return {
    head: `${fields.join(',')}\r\n`,
    write: (message) => `${fields.map((name) => cell(EXPORT_FIELDS[name].value(message))).join(',')}\r\n`,
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const FORMULA = /^[=+\-@\t\r]/
const PHONE_NUMBER = /^\+\d+$/

// Spreadsheets run what begins like a formula, and messages are written by strangers. An apostrophe makes it a text.
// A phone number begins with a plus sign and does nothing.
function guard(text: string): string {
  return FORMULA.test(text) && !PHONE_NUMBER.test(text) ? `'${text}` : text
}
