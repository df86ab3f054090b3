import type { SourceWarning, TimeRange } from '@waybill/core'
import type { Completeness, SourceOutcome, SourceReport, SourceReportError } from '@waybill/engine'

/** What a source contributed to a whole traversal, and what it could not: the reports of all its pages in one. */
export interface SourceSummary {
  readonly source: string
  readonly outcome: SourceOutcome
  /** The gravest of any page. */
  readonly completeness: Completeness
  /** Everything that makes any page incomplete, the gravest first, without a spent budget, which ends one page only. */
  readonly holds: readonly Completeness[]
  /** Each kind once, with the greatest count that a page had. */
  readonly warnings: readonly SourceWarning[]
  /** Nothing older can be had, in milliseconds since the epoch; null: no such bound. */
  readonly reachesBackTo: number | null
  /** Oldest first, none touching another. */
  readonly gaps: readonly TimeRange[]
  readonly error: SourceReportError | null
}

/** From the gravest on. A spent budget ends one page, not the traversal, and hides what else holds. */
export const COMPLETENESS_BY_GRAVITY: readonly Completeness[] = [
  'UNKNOWN',
  'UNPROVEN',
  'HAS_GAPS',
  'NOT_TOLD',
  'WINDOW_LIMITED',
  'MOVING_SORT',
  'COMPLETE',
  'BUDGET_SPENT',
]

/** One that holds for a page holds for the traversal, before those that follow. */
export const SOURCE_OUTCOMES: readonly SourceOutcome[] = ['FAILED', 'OK', 'PRUNED']

/** Adds the reports of one more page. */
export function addReports(
  earlier: readonly SourceSummary[],
  reports: readonly SourceReport[],
): readonly SourceSummary[] {
  const known = new Map(earlier.map((summary) => [summary.source, summary]))
  return reports.map((report) => {
    const before = known.get(report.source)
    return before === undefined ? summaryOf(report) : add(before, report)
  })
}

function summaryOf(report: SourceReport): SourceSummary {
  const { source, outcome, completeness, holds, warnings, reachesBackTo, gaps, error } = report
  return { source, outcome, completeness, holds: byGravity(holds), warnings, reachesBackTo, gaps, error }
}

function add(before: SourceSummary, report: SourceReport): SourceSummary {
  return {
    source: before.source,
    outcome: first(SOURCE_OUTCOMES, before.outcome, report.outcome),
    completeness: first(COMPLETENESS_BY_GRAVITY, before.completeness, report.completeness),
    holds: byGravity([...before.holds, ...report.holds]),
    warnings: addWarnings(before.warnings, report.warnings),
    // A later page may know of a window that has moved meanwhile; what was read before reaches further back.
    reachesBackTo: before.reachesBackTo ?? report.reachesBackTo,
    gaps: unite([...before.gaps, ...report.gaps]),
    error: before.error ?? report.error,
  }
}

function first<Value>(order: readonly Value[], left: Value, right: Value): Value {
  return order.indexOf(left) <= order.indexOf(right) ? left : right
}

function byGravity(holds: readonly Completeness[]): readonly Completeness[] {
  return COMPLETENESS_BY_GRAVITY.filter((each) => each !== 'BUDGET_SPENT' && holds.includes(each))
}

function addWarnings(
  earlier: readonly SourceWarning[],
  later: readonly SourceWarning[],
): readonly SourceWarning[] {
  const all = new Map(earlier.map((warning) => [kindOf(warning), warning]))
  for (const warning of later) {
    const known = all.get(kindOf(warning))
    if (known === undefined || (warning.count ?? 0) > (known.count ?? 0)) all.set(kindOf(warning), warning)
  }
  return [...all.values()]
}

function kindOf({ code, field }: SourceWarning): string {
  return `${code} ${field ?? ''}`
}

/** The same points in time as ranges that do not touch. */
function unite(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const united: TimeRange[] = []
  for (const range of ranges.toSorted((left, right) => left.from - right.from)) {
    const last = united.at(-1)
    if (last === undefined || range.from > last.to) united.push(range)
    else united[united.length - 1] = { from: last.from, to: Math.max(last.to, range.to) }
  }
  return united
}
