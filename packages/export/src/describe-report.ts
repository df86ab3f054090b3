import { formatDateTime } from '@waybill/core'
import type { SourceSummary } from './reports.js'

/** A report for people and for files: its times are in ISO 8601. */
export interface DescribedReport extends Omit<SourceSummary, 'reachesBackTo' | 'gaps' | 'error'> {
  readonly reachesBackTo: string | null
  readonly gaps: readonly { readonly from: string | null; readonly to: string | null }[]
  readonly error: { readonly code: string; readonly message: string } | null
}

export function describeReport({ reachesBackTo, gaps, error, ...report }: SourceSummary): DescribedReport {
  return {
    ...report,
    reachesBackTo: reachesBackTo === null ? null : formatDateTime(reachesBackTo),
    gaps: gaps.map(({ from, to }) => ({ from: formatDateTime(from), to: formatDateTime(to) })),
    error: error === null ? null : { code: error.code, message: error.message },
  }
}
