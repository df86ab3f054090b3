import { formatDateTime, type TimeRange } from '@waybill/core'
import type { SourceSummary } from './reports.js'

/** What the sources could not give, in words: one sentence without a full stop for each kind of it. */
export function describeIncompleteness(reports: readonly SourceSummary[]): readonly string[] {
  return reports.flatMap((report) => describe(report).map((words) => words.replace(/\.$/, '')))
}

/** What its warnings say, and how far it reaches. */
function describe(report: SourceSummary): readonly string[] {
  const { source, outcome, completeness, error } = report
  if (outcome === 'FAILED') return [`${source} could not be read: ${error?.message ?? 'unknown reason'}`]
  const warned = report.warnings.map(({ code, message }) => `${source}: ${code}: ${message}`)
  const all = [...warned, ...describeReach(report)]
  const isUnexplained = all.length === 0 && completeness !== 'COMPLETE' && completeness !== 'BUDGET_SPENT'
  return isUnexplained ? [`${source} may be incomplete (${completeness})`] : all
}

/** What a report says beside its warnings of how much a source can give: one reason does not hide another. */
function describeReach(report: SourceSummary): readonly string[] {
  const { source, gaps } = report
  const reasons = [
    gaps.length > 0 ? describeGaps(source, gaps) : null,
    describeOldest(report),
    describeMovingSort(report),
  ]
  return reasons.filter((reason) => reason !== null)
}

/** Where messages of a source are missing, or may be. */
export function describeGaps(source: string, gaps: readonly TimeRange[]): string {
  return `${source} has gaps: ${gaps.map(describeRange).join(', ')}`
}

/** What is older than a source reaches back; null where nothing of it was asked for. */
export function describeOldest({ source, holds, reachesBackTo }: SourceSummary): string | null {
  return holds.includes('WINDOW_LIMITED')
    ? `${source} goes back to ${time(reachesBackTo)}; older messages may exist, but the upstream does not list them`
    : null
}

/** What a sort makes uncertain by which messages move; null for any other. */
export function describeMovingSort({ source, holds }: SourceSummary): string | null {
  return holds.includes('MOVING_SORT')
    ? `${source} may lack or repeat messages that changed meanwhile: they move under this sort`
    : null
}

function describeRange({ from, to }: TimeRange): string {
  return `${time(from)} to ${time(to)}`
}

function time(value: number | null): string {
  return (value === null ? null : formatDateTime(value)) ?? 'an unknown time'
}
