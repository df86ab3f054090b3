import type { HistoryReport, TimeRange } from '@waybill/core'
import type { Gap } from '../store/batch.js'
import type { SyncProgress } from '../store/progress.js'
import { unionRanges } from '../store/union-ranges.js'

/** What is known of how complete a source's history is. */
export interface KnownHistory extends Pick<SyncProgress, 'lastSyncedAt' | 'pollIntervalMs'> {
  /** Where it begins at 0, nothing older exists. */
  readonly coverage: readonly TimeRange[]
  readonly gaps: readonly Gap[]
}

/**
 * What is missing from a history: the gaps that were found, what lies between the covered spans, and what came since it
 * was last brought up to date, once that is longer ago than it should be.
 *
 * @param maxStalenessMs how long after its poll interval a sync is late.
 */
export function reportHistory(
  { coverage, gaps, lastSyncedAt, pollIntervalMs }: KnownHistory,
  maxStalenessMs: number,
  now: number,
): HistoryReport {
  const [first] = coverage
  const last = coverage.at(-1)
  if (first === undefined || last === undefined) return { reachesBackTo: now, gaps: [] }
  const between = coverage
    .slice(1)
    .map(({ from }, index) => ({ from: (coverage[index]?.to ?? from) + 1, to: from - 1 }))
  const isLate = lastSyncedAt === null || now - lastSyncedAt > maxStalenessMs + (pollIntervalMs ?? 0)
  const missing = [...gaps, ...between, ...(isLate ? [{ from: last.to, to: now }] : [])]
  const within = missing.map(({ from, to }) => ({ from: Math.max(from, first.from), to }))
  return { reachesBackTo: first.from <= 0 ? null : first.from, gaps: unionRanges(within) }
}
