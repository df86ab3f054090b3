/** What every part of a workbook begins with. */
export const XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/** The longest text of a cell, in UTF-16 code units. */
const LONGEST_TEXT = 32_767

/** A text that fits into a cell. */
export interface CellText {
  /** What stands between `<t>` and `</t>`. */
  readonly xml: string
  /** Whether the end is missing; it is replaced by `…`. */
  readonly isCut: boolean
}

/** What XML has no character for, and the carriage return, which readers of XML turn into a line feed. */
const UNWRITABLE = /[\0-\x08\x0B-\x1F\uFFFE\uFFFF]/gu

/** An underscore that begins what a spreadsheet would take for an escape. */
const ESCAPE_LOOKALIKE = /_(?=x[\da-f]{4}_)/gi

const MARKUP = /[&<>]/g
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Any text as a cell has it. Control characters become the escapes of ECMA-376 (`_x000B_`), which spreadsheets read back;
 * a lone surrogate, which no file can hold, becomes U+FFFD.
 *
 * @example cellText('a\r\nb').xml // 'a_x000D_\nb'
 * @example cellText('_x000D_').xml // '_x005F_x000D_'
 */
export function cellText(text: string): CellText {
  const isCut = text.length > LONGEST_TEXT
  const xml = (isCut ? cut(text) : text)
    .toWellFormed()
    .replaceAll(ESCAPE_LOOKALIKE, '_x005F_')
    .replaceAll(UNWRITABLE, escape)
    .replaceAll(MARKUP, (character) => ENTITIES[character] ?? character)
  return { xml, isCut }
}

function cut(text: string): string {
  // Not between the halves of a character.
  const end = /[\uD800-\uDBFF]/.test(text.charAt(LONGEST_TEXT - 2)) ? LONGEST_TEXT - 2 : LONGEST_TEXT - 1
  return `${text.slice(0, end)}…`
}

function escape(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
}
