import type { LogField } from './columns.js'
import { LogError, type LogPlace } from './log-error.js'

/** What databases and spreadsheets write where there is nothing. */
const NOTHING = new Set([
  'null',
  '(null)',
  '\\n',
  'none',
  'nil',
  'undefined',
  'nan',
  'n/a',
  '-',
  '--',
  '–',
  '—',
])

/** What spreadsheets show in place of a value that they cannot compute or show, in English and German. */
const BROKEN = /^#(?:N\/A|NV|NAME\?|REF!|BEZUG!|VALUE!|WERT!|DIV\/0!|NUM!|ZAHL!|NULL!|#+)$/i

/** A text or a number as a formula, which keeps its zeros and its plus sign in a spreadsheet. */
const FORMULA = /^=(?:"([^"]*)"|(\+?\d+))$/

const EXPONENT = /^[+-]?\d(?:[.,]\d+)?[eE][+-]?\d+$/

/** A whole number in a column of decimal numbers: tools write one where a cell of the column is empty. */
const DECIMAL = /^(\+?\d+)[.,]0+$/

/** Decimal numbers with more digits are not exact. */
const EXACT_DIGITS = 15

const GROUPED = /^\d{1,3}(?:[.,'’\s]\d{3})+$/

/**
 * A value of a log without what systems put around it or write in its place. A text is left as it is: it may be all of that.
 *
 * @returns the empty string where there is nothing.
 * @throws LogError for an error of a spreadsheet.
 */
export function cellValue(field: LogField, written: string, place: LogPlace): string {
  const value = written.trim()
  if (field === 'text' || value === '') return value
  if (NOTHING.has(value.toLowerCase())) return ''
  if (BROKEN.test(value))
    throw new LogError(
      place,
      'LOST_DIGITS',
      'this is an error of the spreadsheet in place of a value',
      'In the spreadsheet, format the column as text and write the value again, then export it again.',
    )
  const [, text, number] = FORMULA.exec(value) ?? []
  const plain = (text ?? number ?? value).trim()
  // An apostrophe before a number keeps a spreadsheet from changing it.
  return /^'[+\d]/.test(plain) ? plain.slice(1) : plain
}

/** Reads an identifier or a number as it was before a spreadsheet made it a decimal number; refuses it where digits are lost. */
export function exact(value: string, place: LogPlace): string {
  const [, whole] = DECIMAL.exec(value) ?? []
  if (whole !== undefined && whole.length <= EXACT_DIGITS) return whole
  if (whole === undefined && !EXPONENT.test(value)) return value
  throw new LogError(
    place,
    'LOST_DIGITS',
    `${whole === undefined ? value : 'the number'} has lost digits`,
    'In the spreadsheet, format the column as text, then export it again.',
  )
}

/** Reads an id as {@link exact} does; refuses one with separators in it, as spreadsheets show numbers. */
export function exactId(value: string, place: LogPlace): string {
  if (GROUPED.test(value))
    throw new LogError(
      place,
      'LOST_DIGITS',
      'the id has separators between its digits',
      'In the spreadsheet, format the column as text, then export it again.',
    )
  return exact(value, place)
}
