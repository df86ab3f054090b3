import type { ExportFieldName } from '../fields.js'
import type { DescribedQuery } from '../query.js'
import type { ReadPage } from '../read/read-messages.js'
import type { SourceSummary } from '../reports.js'
import { messageCells, widthOf } from './message-cells.js'
import { messagesReport } from './messages-report.js'
import type { Cell } from './sheet-writer.js'
import { encodeWorkbook } from './workbook.js'

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
  { fields, query, timeZone, rowsOfSheet }: XlsxOptions,
): AsyncGenerator<Uint8Array, void> {
  let messages = 0
  let unexplained = 0
  let reports: readonly SourceSummary[] = []
  async function* rows(): AsyncGenerator<readonly (readonly Cell[])[], void> {
    for await (const page of pages) {
      messages += page.messages.length
      reports = page.reports
      unexplained = page.unexplained
      yield page.messages.map((message) => messageCells(fields, message))
    }
  }
  return encodeWorkbook({
    name: 'Messages',
    columns: fields.map((name) => ({ name, width: widthOf(name) })),
    rows: rows(),
    report: (cutTexts) => messagesReport({ query, timeZone, messages, unexplained, reports, cutTexts }),
    timeZone,
    rowsOfSheet,
  })
}
