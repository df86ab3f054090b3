import { formatDateTime } from '@waybill/core'
import type { ReconcileSummary } from './reconcile-sources.js'

/** A summary as JSON, with times in ISO 8601. The counts of the verdicts add up to `entries` and `unclaimed` together. */
export function printSummary({
  entries,
  unclaimed,
  verdicts,
  matchedFailed,
  timeShifts,
  sources,
}: ReconcileSummary): string {
  return JSON.stringify({
    entries,
    unclaimed,
    verdicts,
    matchedFailed,
    // Left out where there are none.
    timeShifts: timeShifts?.map(({ from, to, ...shift }) => ({
      ...shift,
      from: timeOf(from),
      to: timeOf(to),
    })),
    sources: sources.map(({ source, from, to, completeness, gaps }) => ({
      source,
      from: timeOf(from),
      to: timeOf(to),
      completeness,
      gaps: gaps.map((gap) => ({ from: timeOf(gap.from), to: timeOf(gap.to) })),
    })),
  })
}

function timeOf(value: number | null): string | null {
  return value === null ? null : formatDateTime(value)
}
