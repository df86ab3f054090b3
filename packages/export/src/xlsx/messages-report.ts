import { describeGaps, describeMovingSort, describeOldest } from '../incompleteness.js'
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
  const { source, outcome, reachesBackTo, warnings, gaps, error } = report
  return [
    [source, 'outcome', null, null, null, outcome],
    [source, 'completeness', null, null, null, completenessOf(report)],
    ...(error === null ? [] : [[source, error.code, null, null, null, error.message]]),
    ...(reachesBackTo === null
      ? []
      : [[source, 'reachesBackTo', new Date(reachesBackTo), null, null, describeOldest(report)]]),
    ...warnings.map(({ code, count, message }) => [source, code, null, null, count, message]),
    ...gaps.map((gap) => [
      source,
      'gap',
      new Date(gap.from),
      new Date(gap.to),
      null,
      describeGaps(source, [gap]),
    ]),
  ]
}

/** Everything that holds, and what no other row explains. */
function completenessOf(report: SourceSummary): string {
  const names = report.holds.length === 0 ? report.completeness : report.holds.join(', ')
  const moving = describeMovingSort(report)
  return moving === null ? names : `${names}: ${moving}`
}
