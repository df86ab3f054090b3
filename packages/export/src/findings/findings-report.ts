import { formatDateTime, type TimeRange } from '@waybill/core'
import type { Completeness } from '@waybill/engine'
import type { Agreement, Summary } from '@waybill/reconcile'
import { describeGaps } from '../incompleteness.js'
import type { ReportRow, ReportSheet } from '../xlsx/workbook.js'
import { describeShift, SHIFT_REMEDY } from './describe-shifts.js'

/** What of a source's history a log was compared with. */
export interface FindingsSource {
  readonly source: string
  /** From when to when it was known, within the span of the log; both null where it was known nowhere. */
  readonly from: number | null
  readonly to: number | null
  readonly completeness: Completeness
  readonly gaps: readonly TimeRange[]
}

/** What findings come to, where every difference counts. */
export const CONCLUSIONS: Readonly<Record<Agreement, string>> = {
  AGREES: 'Log and history agree.',
  DIFFERS: 'Log and history differ.',
  UNKNOWN: 'No difference was found, but some entries cannot be judged.',
}

/** What findings come to, and what they rest on. */
export interface FindingsReport {
  readonly summary: Summary & { readonly sources: readonly FindingsSource[] }
  readonly agreement: Agreement
}

const WIDTHS = [22, 18, 20, 20, 90]

/** The sheet that explains findings: how many there are of each verdict, and how much of each source is known. */
export function findingsReport(
  { summary, agreement }: FindingsReport,
  timeZone: string,
  cutTexts: number,
): ReportSheet {
  const { entries, unclaimed, verdicts, matchedFailed, timeShifts = [], sources } = summary
  return {
    widths: WIDTHS,
    rows: [
      { cells: ['conclusion', agreement, null, null, CONCLUSIONS[agreement]] },
      { cells: ['entries', entries] },
      { cells: ['unclaimed', unclaimed] },
      { cells: ['matchedFailed', matchedFailed] },
      ...timeShifts.map((shift) => ({
        cells: [
          'timeShift',
          shift.entries,
          dateOf(shift.from),
          dateOf(shift.to),
          `${describeShift(shift)} ${SHIFT_REMEDY}`,
        ],
      })),
      { cells: ['timeZone', timeZone] },
      { cells: ['shortened texts', cutTexts] },
      { cells: [] },
      { cells: ['verdict', 'count'], isHeader: true },
      ...Object.entries(verdicts).map(([verdict, count]) => ({ cells: [verdict, count] })),
      { cells: [] },
      { cells: ['source', 'what', 'from', 'to', 'description'], isHeader: true },
      ...sources.flatMap(sourceRows),
    ],
  }
}

function sourceRows(span: FindingsSource): ReportRow[] {
  const { source, completeness, from, to, gaps } = span
  return [
    { cells: [source, completeness, dateOf(from), dateOf(to), describeSpan(span)] },
    ...gaps.map((gap) => ({
      cells: [source, 'gap', dateOf(gap.from), dateOf(gap.to), describeGaps(source, [gap])],
    })),
  ]
}

/** What a completeness means to the findings. */
function describeSpan({ source, completeness, from }: FindingsSource): string {
  switch (completeness) {
    case 'UNKNOWN':
      return `${source} could not be read`
    case 'BUDGET_SPENT':
      return `${source} was not read to its end: a limit was reached`
    case 'UNPROVEN':
      return `${source} was not compared with the whole list of the upstream, or what came contradicts itself`
    case 'HAS_GAPS':
      return `${source} has gaps, which are listed below`
    case 'WINDOW_LIMITED':
      return from === null
        ? `${source} does not go back so far; older messages may exist`
        : `${source} goes back to ${formatDateTime(from)}; older messages may exist`
    case 'NOT_TOLD':
    case 'MOVING_SORT':
    case 'COMPLETE':
      return from === null
        ? `${source} is known nowhere in this span`
        : `${source} is known in this whole span`
  }
}

function dateOf(time: number | null): Date | null {
  return time === null ? null : new Date(time)
}
