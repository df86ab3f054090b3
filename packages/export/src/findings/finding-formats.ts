import { formatDateTime } from '@waybill/core'
import { stringify } from 'csv-stringify/sync'
import { keepText } from '../text/spreadsheet-text.js'
import type { Cell } from '../xlsx/sheet-writer.js'
import { encodeWorkbook } from '../xlsx/workbook.js'
import { FINDING_COLUMNS, findingCells, type FindingRow } from './finding-columns.js'
import { type FindingsReport, findingsReport } from './findings-report.js'

/** How findings can be written. */
export const FINDING_FORMATS = ['ndjson', 'csv', 'xlsx'] as const
export type FindingFormat = (typeof FINDING_FORMATS)[number]

/** What was found. */
export interface Findings {
  /** As lines of NDJSON. */
  lines(): AsyncIterable<string>
  /** The same, each with what it is about. */
  rows(): AsyncIterable<FindingRow>
}

/** What a file of findings has besides them. */
export interface FindingFile {
  readonly format: FindingFormat
  /** Whether CSV begins with a byte-order mark, by which spreadsheets know that it is UTF-8. */
  readonly bom: boolean
  /** The zone of times in XLSX, an IANA name. All other formats have points in time. */
  readonly timeZone: string
  /** What the sheet `Report` of XLSX says. */
  readonly report: FindingsReport
}

/**
 * The bytes of a file of findings, made as they are taken.
 * @param findings what was found: NDJSON has the findings alone, CSV and XLSX what they are about, too
 */
export async function* encodeFindings(
  findings: Findings,
  { format, bom, timeZone, report }: FindingFile,
): AsyncGenerator<Uint8Array, void> {
  switch (format) {
    case 'ndjson':
      for await (const batch of inBatches(findings.lines())) yield Buffer.from(`${batch.join('\n')}\n`)
      return
    case 'csv':
      yield Buffer.from(stringify([FINDING_COLUMNS.map(({ name }) => name)], { ...CSV, bom }))
      for await (const batch of inBatches(findings.rows()))
        yield Buffer.from(
          stringify(
            batch.map((row) => findingCells(row).map(csvCell)),
            CSV,
          ),
        )
      return
    case 'xlsx':
      yield* encodeWorkbook({
        name: 'Findings',
        columns: FINDING_COLUMNS,
        rows: rowsOf(findings.rows()),
        report: (cutTexts) => findingsReport(report, timeZone, cutTexts),
        timeZone,
      })
  }
}

const CSV = { record_delimiter: '\r\n', quote_record_delimiter: true } as const

/** A negative number is one, and no formula. */
function csvCell(cell: Cell): string {
  if (cell === null) return ''
  if (cell instanceof Date) return formatDateTime(cell.getTime()) ?? ''
  return typeof cell === 'string' ? keepText(cell) : String(cell)
}

async function* rowsOf(findings: AsyncIterable<FindingRow>): AsyncGenerator<readonly Cell[][], void> {
  for await (const batch of inBatches(findings)) yield batch.map(findingCells)
}

/** How many findings are written at once. */
const BATCH = 500

async function* inBatches<Item>(items: AsyncIterable<Item>): AsyncGenerator<readonly Item[], void> {
  let batch: Item[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}
