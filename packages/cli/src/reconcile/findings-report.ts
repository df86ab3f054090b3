import type { ReportRow, ReportSheet } from '@waybill/export'
import type { Agreement } from '@waybill/reconcile'
import type { ReconcileSummary, SourceSpan } from '@waybill/runtime'

/** What findings come to, and what they rest on. */
export interface FindingsReport {
  readonly summary: ReconcileSummary
  readonly agreement: Agreement
}

const WIDTHS = [22, 18, 20, 20]

/** The sheet that explains findings: how many there are of each verdict, and how much of each source is known. */
export function findingsReport(
  { summary, agreement }: FindingsReport,
  timeZone: string,
  cutTexts: number,
): ReportSheet {
  const { entries, unclaimed, verdicts, matchedFailed, sources } = summary
  return {
    widths: WIDTHS,
    rows: [
      { cells: ['conclusion', agreement] },
      { cells: ['entries', entries] },
      { cells: ['unclaimed', unclaimed] },
      { cells: ['matchedFailed', matchedFailed] },
      { cells: ['timeZone', timeZone] },
      { cells: ['shortened texts', cutTexts] },
      { cells: [] },
      { cells: ['verdict', 'count'], isHeader: true },
      ...Object.entries(verdicts).map(([verdict, count]) => ({ cells: [verdict, count] })),
      { cells: [] },
      { cells: ['source', 'what', 'from', 'to'], isHeader: true },
      ...sources.flatMap(sourceRows),
    ],
  }
}

function sourceRows({ source, completeness, from, to, gaps }: SourceSpan): ReportRow[] {
  return [
    { cells: [source, completeness, dateOf(from), dateOf(to)] },
    ...gaps.map((gap) => ({ cells: [source, 'gap', dateOf(gap.from), dateOf(gap.to)] })),
  ]
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time)
}
