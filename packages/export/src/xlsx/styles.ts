import { XML_DECLARATION } from './cell-text.js'

/** The styles of cells, by their place in the list of the file. */
export const Style = { PLAIN: 0, TEXT: 1, TIME: 2, HEADER: 3 } as const

export type Style = (typeof Style)[keyof typeof Style]

const PLAIN_FONT = '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
const BOLD_FONT = '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
const NO_BORDER = '<border><left/><right/><top/><bottom/><diagonal/></border>'

/** Readers expect these two fills. */
const FILLS =
  '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'

/** `xl/styles.xml`. The number format 49 is text. */
export const STYLES: string =
  XML_DECLARATION +
  '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>' +
  `<fonts count="2">${PLAIN_FONT}${BOLD_FONT}</fonts>` +
  `<fills count="2">${FILLS}</fills>` +
  `<borders count="1">${NO_BORDER}</borders>` +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="4">' +
  '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  '</cellXfs>' +
  '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>' +
  '</styleSheet>'
