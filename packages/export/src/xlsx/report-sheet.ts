import type { DescribedQuery } from '../query.js'
import type { SourceSummary } from '../reports.js'
import { type Cell, SHEET_TAIL, sheetHead, type SheetWriter } from './sheet-writer.js'
import { Style } from './styles.js'

/** What a workbook says about its messages. */
export interface ReportFacts {
  readonly query: DescribedQuery
  readonly timeZone: string
  readonly messages: number
  readonly reports: readonly SourceSummary[]
}

const WIDTHS = [22, 18, 20, 20, 10, 90]

/** The sheet that says which messages were asked for, and what the sources could not give. */
export function reportSheet(writer: SheetWriter, facts: ReportFacts): string {
  const query = queryRows(writer, facts)
  const head = query.length + 2
  const rows = [
    ...query.map((cells, index) => writer.row(index + 1, cells)),
    writer.row(head, ['source', 'what', 'from', 'to', 'count', 'description'], Style.HEADER),
    ...facts.reports.flatMap(sourceRows).map((cells, index) => writer.row(head + 1 + index, cells)),
  ]
  return `${sheetHead({ widths: WIDTHS, isHeaderFrozen: false })}${rows.join('')}${SHEET_TAIL}`
}

function queryRows({ cutTexts }: SheetWriter, { query, timeZone, messages }: ReportFacts): readonly Cell[][] {
  return [
    ['filter', query.filter],
    ['search', query.search],
    ['sort', query.sort],
    ['fields', query.fields],
    ['timeZone', timeZone],
    ['messages', messages],
    ['shortened texts', cutTexts],
  ]
}

function sourceRows(report: SourceSummary): readonly Cell[][] {
  const { source, completeness, outcome, reachesBackTo, warnings, gaps, error } = report
  return [
    [source, 'outcome', null, null, null, outcome],
    [source, 'completeness', null, null, null, completeness],
    ...(error === null ? [] : [[source, error.code, null, null, null, error.message]]),
    ...(reachesBackTo === null ? [] : [[source, 'reachesBackTo', new Date(reachesBackTo)]]),
    ...warnings.map(({ code, count, message }) => [source, code, null, null, count, message]),
    ...gaps.map(({ from, to }) => [source, 'gap', new Date(from), new Date(to)]),
  ]
}
