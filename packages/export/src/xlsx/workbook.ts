import { LocalTime } from './local-time.js'
import { type Cell, SHEET_TAIL, sheetHead, SheetWriter } from './sheet-writer.js'
import { Style, STYLES } from './styles.js'
import {
  contentTypes,
  ROOT_RELATIONSHIPS,
  type SheetPart,
  workbookPart,
  workbookRelationships,
} from './workbook-parts.js'
import { type ZipEntry, zip } from './zip.js'

/** How many rows a sheet can have, the header included. */
const ROWS_OF_SHEET = 1_048_576

export interface WorkbookColumn {
  readonly name: string
  /** In characters. */
  readonly width: number
}

/** The sheet `Report`, which explains the table. */
export interface ReportSheet {
  /** Of each column, in characters. */
  readonly widths: readonly number[]
  readonly rows: readonly ReportRow[]
}

export interface ReportRow {
  readonly cells: readonly Cell[]
  readonly isHeader?: boolean
}

/** A table, and what is said about it. */
export interface Workbook {
  /** What the sheet of the table is called; further ones have a number after it (`Messages 2`). */
  readonly name: string
  readonly columns: readonly WorkbookColumn[]
  /** In batches, each of which is taken when the one before it is written. */
  readonly rows: AsyncIterable<readonly (readonly Cell[])[]>
  /**
   * Called once all rows are written.
   * @param cutTexts how many texts were longer than a cell takes
   */
  report(cutTexts: number): ReportSheet
  /** An IANA name: the zone of all times. */
  readonly timeZone: string
  /** After how many rows, the header included, a further sheet is begun. Default and most: 1,048,576. */
  readonly rowsOfSheet?: number | undefined
}

/**
 * The bytes of a workbook in XLSX, made as they are taken: the table on one sheet, and where that is full on further ones; the
 * sheet `Report` is second. The same content gives the same bytes.
 */
export function encodeWorkbook(workbook: Workbook): AsyncGenerator<Uint8Array, void> {
  return zip(entriesOf(workbook))
}

async function* entriesOf(workbook: Workbook): AsyncGenerator<ZipEntry, void> {
  const queue = new RowQueue(workbook.rows)
  try {
    yield* partsOf(queue, workbook)
  } finally {
    await queue.close()
  }
}

async function* partsOf(queue: RowQueue, workbook: Workbook): AsyncGenerator<ZipEntry, void> {
  const writer = new SheetWriter(new LocalTime(workbook.timeZone))
  // Programs that guess what a file is look at its first entry.
  yield { path: '_rels/.rels', content: ROOT_RELATIONSHIPS }
  yield { path: 'xl/styles.xml', content: STYLES }
  const sheets: SheetPart[] = []
  do {
    const sheet = tableSheet(workbook.name, sheets.length + 1)
    sheets.push(sheet)
    yield { path: sheet.path, content: tableRows(queue, writer, workbook) }
  } while (!(await queue.isAtEnd()))
  yield { path: REPORT.path, content: reportXml(writer, workbook.report(writer.cutTexts)) }
  const [first, ...others] = sheets
  const all = first === undefined ? [REPORT] : [first, REPORT, ...others]
  yield { path: 'xl/workbook.xml', content: workbookPart(all) }
  yield { path: 'xl/_rels/workbook.xml.rels', content: workbookRelationships(all) }
  yield { path: '[Content_Types].xml', content: contentTypes(all) }
}

const REPORT: SheetPart = { name: 'Report', path: 'xl/worksheets/report.xml' }

function tableSheet(name: string, number: number): SheetPart {
  return {
    name: number === 1 ? name : `${name} ${number}`,
    path: `xl/worksheets/${name.toLowerCase()}${number}.xml`,
  }
}

/** A sheet of the table, row by row, until it is full or no row is left. */
async function* tableRows(
  queue: RowQueue,
  writer: SheetWriter,
  { columns, rowsOfSheet = ROWS_OF_SHEET }: Workbook,
): AsyncGenerator<string, void> {
  yield sheetHead({ widths: columns.map(({ width }) => width), isHeaderFrozen: true })
  yield writer.row(
    1,
    columns.map(({ name }) => name),
    Style.HEADER,
  )
  for (let row = 2; row <= rowsOfSheet && !(await queue.isAtEnd()); row += 1) {
    yield writer.row(row, queue.take())
  }
  yield SHEET_TAIL
}

function reportXml(writer: SheetWriter, { widths, rows }: ReportSheet): string {
  const xml = rows.map(({ cells, isHeader }, index) =>
    writer.row(index + 1, cells, isHeader === true ? Style.HEADER : undefined),
  )
  return `${sheetHead({ widths, isHeaderFrozen: false })}${xml.join('')}${SHEET_TAIL}`
}

/** The rows of all batches, one by one. */
class RowQueue {
  readonly #batches: AsyncIterator<readonly (readonly Cell[])[]>
  #batch: readonly (readonly Cell[])[] = []
  #index = 0

  constructor(batches: AsyncIterable<readonly (readonly Cell[])[]>) {
    this.#batches = batches[Symbol.asyncIterator]()
  }

  /** Whether no row is left. Reads the next batch where the last one is used up. */
  async isAtEnd(): Promise<boolean> {
    while (this.#index === this.#batch.length) {
      const next = await this.#batches.next()
      if (next.done === true) return true
      this.#batch = next.value
      this.#index = 0
    }
    return false
  }

  take(): readonly Cell[] {
    const row = this.#batch[this.#index]
    if (row === undefined) throw new RangeError('No row is left.')
    this.#index += 1
    return row
  }

  async close(): Promise<void> {
    await this.#batches.return?.()
  }
}
