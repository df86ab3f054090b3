import { EXPORT_FIELDS } from '../fields.js'
import type { Format, FormatOptions } from './format.js'

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
