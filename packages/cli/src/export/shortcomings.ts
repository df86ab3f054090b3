import { formatDateTime, type TimeRange } from '@waybill/core'
import type { SourceReport } from '@waybill/engine'

/**
 * Adds what the sources of a page could not give. The first word counts: where a gap ends with the present, every page
 * would have another one.
 */
export function noteShortcomings(reports: readonly SourceReport[], lacks: Map<string, string>): void {
  for (const report of reports) {
    const key = `${report.source} ${report.outcome} ${report.completeness}`
    const lack = lacks.has(key) ? null : shortcomingOf(report)
    if (lack !== null) lacks.set(key, lack)
  }
}

/** What a source could not give, in words; null where it gave everything. A spent budget is no shortcoming: one goes on. */
function shortcomingOf(report: SourceReport): string | null {
  const { source, outcome, completeness, error, reachesBackTo, gaps, warnings } = report
  if (outcome === 'FAILED') return `${source} could not be read: ${error?.message ?? 'unknown reason'}`
  switch (completeness) {
    case 'COMPLETE':
    case 'BUDGET_SPENT':
      return null
    case 'WINDOW_LIMITED':
      return `${source} goes back to ${time(reachesBackTo)}; older messages, if there are any, are out of reach`
    case 'HAS_GAPS':
      return `${source} has gaps: ${gaps.map(span).join(', ')}`
    case 'MOVING_SORT':
      return `${source} may lack or repeat messages that changed meanwhile: they move under this sort`
    case 'UNPROVEN':
    case 'NOT_TOLD':
    case 'UNKNOWN':
      return `${source} may be incomplete: ${warnings.map(({ message }) => message).join(' ')}`
  }
}

function span({ from, to }: TimeRange): string {
  return `${time(from)} to ${time(to)}`
}

function time(value: number | null): string {
  return (value === null ? null : formatDateTime(value)) ?? 'an unknown time'
}
