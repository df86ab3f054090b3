import { formatDateTime } from '@waybill/core'
import type { Finding, Summary, Verdict } from './finding.js'

/** The verdicts that are differences, unless others are chosen. */
export const DIFFERENCES: readonly Verdict[] = [
  'STATUS_DIFFERS',
  'FIELD_DIFFERS',
  'DUPLICATE_HERE',
  'DUPLICATE_THERE',
  'AMBIGUOUS',
  'MISSING_THERE',
  'MISSING_HERE',
  'STALE',
  'DELETED_THERE',
]

/** Whether log and history agree. `UNKNOWN`: no difference was found, but some entries could not be judged. */
export type Agreement = 'AGREES' | 'DIFFERS' | 'UNKNOWN'

/** @param failOn - the verdicts that are differences. Default: {@link DIFFERENCES}. */
export function agreementOf({ verdicts }: Summary, failOn: readonly Verdict[] = DIFFERENCES): Agreement {
  if (failOn.some((verdict) => (verdicts[verdict] ?? 0) > 0)) return 'DIFFERS'
  return (verdicts.CANNOT_TELL ?? 0) > 0 ? 'UNKNOWN' : 'AGREES'
}

/** A finding as one line of NDJSON, without its line break. Times are written in ISO 8601. */
export function printFinding(finding: Finding): string {
  const { span, candidates, ...rest } = finding
  const written = span && {
    from: span.from === null ? null : formatDateTime(span.from),
    to: span.to === null ? null : formatDateTime(span.to),
  }
  return JSON.stringify({ ...rest, ...(written && { span: written }), ...(candidates && { candidates }) })
}
