import type { ExportedMessage, ExportFieldName } from '../fields.js'
import type { DescribedQuery } from '../query.js'
import type { ReadPage } from '../read/read-messages.js'
import type { SourceSummary } from '../reports.js'
import { LocalTime } from './local-time.js'
import { messageCells, widthOf } from './message-cells.js'
import { reportSheet } from './report-sheet.js'
import { SHEET_TAIL, sheetHead, SheetWriter } from './sheet-writer.js'
import { Style, STYLES } from './styles.js'
import {
  contentTypes,
  ROOT_RELATIONSHIPS,
  type SheetPart,
  workbook,
  workbookRelationships,
} from './workbook-parts.js'
import { type ZipEntry, zip } from './zip.js'

/** How many rows a sheet can have, the header included. */
const ROWS_OF_SHEET = 1_048_576

export interface XlsxOptions {
  readonly fields: readonly ExportFieldName[]
  /** Kept on the sheet `Report`. */
  readonly query: DescribedQuery
  /** An IANA name: the zone of all times. */
  readonly timeZone: string
  /** After how many rows, the header included, a further sheet is begun. Default and most: 1,048,576. */
  readonly rowsOfSheet?: number | undefined
}

/**
 * The bytes of a workbook: the messages on the sheet `Messages`, and where that is full on `Messages 2` and so on; the
 * query, the reports and the gaps on the sheet `Report`.
 */
export function encodeXlsx(
  pages: AsyncIterable<ReadPage>,
  options: XlsxOptions,
): AsyncGenerator<Uint8Array, void> {
  return zip(entriesOf(pages, options))
}

async function* entriesOf(
  pages: AsyncIterable<ReadPage>,
  options: XlsxOptions,
): AsyncGenerator<ZipEntry, void> {
  const queue = new MessageQueue(pages)
  try {
    yield* partsOf(queue, options)
  } finally {
    await queue.close()
  }
}

async function* partsOf(
  queue: MessageQueue,
  { fields, query, timeZone, rowsOfSheet = ROWS_OF_SHEET }: XlsxOptions,
): AsyncGenerator<ZipEntry, void> {
  const writer = new SheetWriter(new LocalTime(timeZone))
  // Programs that guess what a file is look at its first entry.
  yield { path: '_rels/.rels', content: ROOT_RELATIONSHIPS }
  yield { path: 'xl/styles.xml', content: STYLES }
  const sheets: SheetPart[] = []
  do {
    const sheet = messageSheet(sheets.length + 1)
    sheets.push(sheet)
    yield { path: sheet.path, content: sheetRows(queue, { fields, writer, rowsOfSheet }) }
  } while (!(await queue.isAtEnd()))
  const { messages, reports } = queue
  yield { path: REPORT.path, content: reportSheet(writer, { query, timeZone, messages, reports }) }
  const [first, ...others] = sheets
  const all = first === undefined ? [REPORT] : [first, REPORT, ...others]
  yield { path: 'xl/workbook.xml', content: workbook(all) }
  yield { path: 'xl/_rels/workbook.xml.rels', content: workbookRelationships(all) }
  yield { path: '[Content_Types].xml', content: contentTypes(all) }
}

const REPORT: SheetPart = { name: 'Report', path: 'xl/worksheets/report.xml' }

function messageSheet(number: number): SheetPart {
  return {
    name: number === 1 ? 'Messages' : `Messages ${number}`,
    path: `xl/worksheets/messages${number}.xml`,
  }
}

interface SheetContext {
  readonly fields: readonly ExportFieldName[]
  readonly writer: SheetWriter
  readonly rowsOfSheet: number
}

/** A sheet of messages, row by row, until it is full or no message is left. */
async function* sheetRows(
  queue: MessageQueue,
  { fields, writer, rowsOfSheet }: SheetContext,
): AsyncGenerator<string, void> {
  yield sheetHead({ widths: fields.map(widthOf), isHeaderFrozen: true })
  yield writer.row(1, fields, Style.HEADER)
  for (let row = 2; row <= rowsOfSheet && !(await queue.isAtEnd()); row += 1) {
    yield writer.row(row, messageCells(fields, queue.take()))
  }
  yield SHEET_TAIL
}

/** The messages of all pages, one by one, and what is known of them so far. */
class MessageQueue {
  readonly #pages: AsyncIterator<ReadPage>
  #page: readonly ExportedMessage[] = []
  #index = 0
  messages = 0
  reports: readonly SourceSummary[] = []

  constructor(pages: AsyncIterable<ReadPage>) {
    this.#pages = pages[Symbol.asyncIterator]()
  }

  /** Whether no message is left. Reads the next page where the last one is used up. */
  async isAtEnd(): Promise<boolean> {
    while (this.#index === this.#page.length) {
      const next = await this.#pages.next()
      if (next.done === true) return true
      this.#page = next.value.messages
      this.#index = 0
      this.reports = next.value.point.reports
    }
    return false
  }

  take(): ExportedMessage {
    const message = this.#page[this.#index]
    if (message === undefined) throw new RangeError('No message is left.')
    this.#index += 1
    this.messages += 1
    return message
  }

  async close(): Promise<void> {
    await this.#pages.return?.()
  }
}
