import type { TimeRange } from '@waybill/core'
import { readOptions, type ReconcileOptions } from '@waybill/reconcile'
import type { JudgedRange } from './source-span.js'
import type { LogOutline } from './work-store.js'

/** Equal messages a few minutes apart hang together: so far outside of the judged span they are read as well. */
const MARGIN_MS = 24 * 60 * 60_000

/** What else decides over the range. */
export interface RangeBasis {
  /** Whether entries may be about any message, since they have no time. */
  readonly isWhole: boolean
  readonly now: number
}

/**
 * The span whose messages a log is compared with: that of its entries, widened by the window, and what is to be judged
 * besides.
 */
export function rangeToRead(
  { first, last }: Pick<LogOutline, 'first' | 'last'>,
  settings: Pick<ReconcileOptions, 'window' | 'since' | 'until'>,
  { isWhole, now }: RangeBasis,
): TimeRange {
  const { window, since, until } = readOptions({ ...settings, now, doubts: [] })
  const isUnknown = isWhole || first === null || last === null
  const from = isUnknown ? (since ?? 0) : Math.min(first - window.beforeMs, since ?? Number.POSITIVE_INFINITY)
  const to = isUnknown ? (until ?? now) : Math.max(last + window.afterMs, until ?? Number.NEGATIVE_INFINITY)
  return {
    from: since === null ? from : Math.max(from, since - MARGIN_MS - window.beforeMs - window.afterMs),
    to: until === null ? to : Math.min(to, until + MARGIN_MS + window.beforeMs + window.afterMs),
  }
}

/** The part of what is read that a summary speaks of. Beyond it, messages are read only to see which of them hang together. */
export function judgedRange(
  range: TimeRange,
  settings: Pick<ReconcileOptions, 'window' | 'since' | 'until'>,
): JudgedRange {
  const { window, since, until } = readOptions({ ...settings, now: 0, doubts: [] })
  const within = (before: number, after: number): TimeRange => ({
    from: since === null ? range.from : Math.max(range.from, since - before),
    to: until === null ? range.to : Math.min(range.to, until + after),
  })
  return { judged: within(0, 0), deciding: within(window.beforeMs, window.afterMs) }
}
