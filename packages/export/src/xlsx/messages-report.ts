import type { DescribedQuery } from '../query.js'
import type { SourceSummary } from '../reports.js'
import type { Cell } from './sheet-writer.js'
import type { ReportSheet } from './workbook.js'

/** What a workbook says about its messages. */
export interface ReportFacts {
  readonly query: DescribedQuery
  readonly timeZone: string
  readonly messages: number
  /** How many of them failed without a known reason. */
  readonly unexplained: number
  readonly reports: readonly SourceSummary[]
  readonly cutTexts: number
}

const WIDTHS = [22, 18, 20, 20, 10, 90]

/** The sheet that says which messages were asked for, and what the sources could not give. */
export function messagesReport(facts: ReportFacts): ReportSheet {
  return {
    widths: WIDTHS,
    rows: [
      ...queryRows(facts).map((cells) => ({ cells })),
      { cells: [] },
      { cells: ['source', 'what', 'from', 'to', 'count', 'description'], isHeader: true },
      ...facts.reports.flatMap(sourceRows).map((cells) => ({ cells })),
    ],
  }
}

function queryRows({ query, timeZone, messages, unexplained, cutTexts }: ReportFacts): readonly Cell[][] {
  return [
    ['filter', query.filter],
    ['search', query.search],
    ['sort', query.sort],
    ['fields', query.fields],
    ['timeZone', timeZone],
    ['messages', messages],
    ...(unexplained === 0 ? [] : [['failed without a known reason', unexplained]]),
    ['shortened texts', cutTexts],
  ]
}

function sourceRows(report: SourceSummary): readonly Cell[][] {
  const { source, completeness, holds, outcome, reachesBackTo, warnings, gaps, error } = report
  return [
    [source, 'outcome', null, null, null, outcome],
    [source, 'completeness', null, null, null, holds.length === 0 ? completeness : holds.join(', ')],
    ...(error === null ? [] : [[source, error.code, null, null, null, error.message]]),
    ...(reachesBackTo === null ? [] : [[source, 'reachesBackTo', new Date(reachesBackTo)]]),
    ...warnings.map(({ code, count, message }) => [source, code, null, null, count, message]),
    ...gaps.map(({ from, to }) => [source, 'gap', new Date(from), new Date(to)]),
  ]
}
