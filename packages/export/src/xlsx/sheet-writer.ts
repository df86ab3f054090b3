import { formatDateTime } from '@waybill/core'
import { cellText, XML_DECLARATION } from './cell-text.js'
import type { LocalTime } from './local-time.js'
import { Style } from './styles.js'

/** What a cell can hold; null: nothing. Texts are never formulas. */
export type Cell = string | number | boolean | Date | null

/** Writes the rows of a workbook's sheets as SpreadsheetML, and counts what did not fit. */
export class SheetWriter {
  readonly #localTime: LocalTime
  /** How many texts were longer than a cell takes. */
  cutTexts = 0

  constructor(localTime: LocalTime) {
    this.#localTime = localTime
  }

  /** @param number from 1 on */
  row(number: number, cells: readonly Cell[], style?: Style): string {
    const xml = cells.map((cell, column) => this.#cell(`${columnName(column)}${number}`, cell, style))
    return `<row r="${number}">${xml.join('')}</row>`
  }

  #cell(place: string, cell: Cell, style: Style | undefined): string {
    if (cell === null) return ''
    if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`
    if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`
    if (cell instanceof Date) return this.#time(place, cell.getTime(), style)
    return this.#text(place, cell, style)
  }

  #time(place: string, time: number, style: Style | undefined): string {
    const serial = this.#localTime.serialOf(time)
    if (serial !== null) return `<c r="${place}" s="${Style.TIME}"><v>${serial}</v></c>`
    return this.#text(place, formatDateTime(time) ?? String(time), style)
  }

  // As the format of text, so that a cell which is edited does not become a number or a formula.
  #text(place: string, text: string, style: Style = Style.TEXT): string {
    const { xml, isCut } = cellText(text)
    if (isCut) this.cutTexts += 1
    const space = /^\s|\s$|\n/.test(xml) ? ' xml:space="preserve"' : ''
    return `<c r="${place}" s="${style}" t="inlineStr"><is><t${space}>${xml}</t></is></c>`
  }
}

export interface SheetOptions {
  /** Of each column, in characters. */
  readonly widths: readonly number[]
  /** Whether the first row stays in sight. */
  readonly isHeaderFrozen: boolean
}

/** What a sheet has before its rows. */
export function sheetHead({ widths, isHeaderFrozen }: SheetOptions): string {
  const pane = isHeaderFrozen
    ? '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    : ''
  const columns = widths.map((width, index) => {
    const number = index + 1
    return `<col min="${number}" max="${number}" width="${width}" customWidth="1"/>`
  })
  return (
    `${XML_DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>` +
    `<cols>${columns.join('')}</cols><sheetData>`
  )
}

/** What a sheet has after its rows. */
export const SHEET_TAIL = '</sheetData></worksheet>'

/** @example columnName(27) // 'AB' */
function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26))
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last
}
