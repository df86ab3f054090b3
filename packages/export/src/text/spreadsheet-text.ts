/** Characters that spreadsheets skip before they look for a formula: white space, controls, and what has no width. */
const SKIPPED = String.raw`\s\0-\x1F\x7F-\x9F\u00AD\u200B-\u200F\u2060\uFEFF`

/** What begins a formula; the full-width forms become the plain ones in spreadsheets of East Asia. */
const FORMULA = String.raw`=+\-@＝＋－＠`

/** A text that is taken for a formula, also behind what is skipped. A tab or a carriage return is dangerous by itself. */
const BEGINS_FORMULA = new RegExp(`^(?:[\\t\\r]|[${SKIPPED}]*[${FORMULA}])`, 'u')

const NOT_SKIPPED = new RegExp(`[^${SKIPPED}]`, 'u')

/** A reader that is set to another separator begins a cell there, and one that loses its way in the quotes a row. */
const INNER_CELL = new RegExp(`([;,\\t])(?=[${FORMULA}])|([\\r\\n])(?=[=@＝＠])`, 'gu')

/**
 * A text that a spreadsheet takes for a number and shows as another one: more digits than a cell shows (`1.4E+10`), a
 * plus sign or leading zeros, which get lost, or an exponent.
 */
const CHANGED_NUMBER = /^(?:\+\d+|0\d+|-?\d{12,}|\d+(?:\.\d+)?e[+-]?\d+)$/i

/** Nearly every text begins like this, and then neither begins a formula nor has anything to skip. */
const PLAIN_START = /^[\d\p{L}]/u
const PHONE = /^\+\d+$/
const INNER_CELL_ANYWHERE = new RegExp(INNER_CELL, 'u')

/**
 * A text as a cell that every spreadsheet shows as it is. An apostrophe before it makes it a text; it is part of the
 * file, so a program that reads the file has to take it away.
 *
 * @example keepText('=1+1') // "'=1+1"
 * @example keepText('+14155552671') // "'+14155552671", or the spreadsheet would show 1.4E+10
 */
export function keepText(text: string): string {
  if (PHONE.test(text)) return `'${text}`
  if (PLAIN_START.test(text) && !INNER_CELL_ANYWHERE.test(text) && !CHANGED_NUMBER.test(text)) return text
  const begin = text.search(NOT_SKIPPED)
  const kept = begin === -1 ? text : text.slice(0, begin) + text.slice(begin).replaceAll(INNER_CELL, "$1$2'")
  return BEGINS_FORMULA.test(text) || CHANGED_NUMBER.test(text) ? `'${kept}` : kept
}
