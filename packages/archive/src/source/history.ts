import { countOf, type HistoryReport, type SourceWarning, type TimeRange } from '@waybill/core'
import type { Gap, SyncProgress } from '../store/archive-store.js'
import { unionRanges } from '../store/coverage.js'

/** What is known of how complete a source's history is. */
export interface KnownHistory extends Pick<
  SyncProgress,
  'lastSyncedAt' | 'pollIntervalMs' | 'headWarnings' | 'reconcileWarnings'
> {
  /** Where it begins at 0, nothing older exists. */
  readonly coverage: readonly TimeRange[]
  readonly gaps: readonly Gap[]
  /** How many rows cannot be read. */
  readonly rejectedCount: number
}

/**
 * What is missing from a history: the gaps that were found, what lies between the covered spans, and what came since it
 * was last brought up to date, once that is longer ago than it should be; and what else was wrong with it, the last time
 * that it was read.
 *
 * @param maxStalenessMs how long after its poll interval a sync is late.
 */
export function reportHistory(known: KnownHistory, maxStalenessMs: number, now: number): HistoryReport {
  const { coverage, gaps, lastSyncedAt, pollIntervalMs } = known
  const [first] = coverage
  const last = coverage.at(-1)
  const isLate = lastSyncedAt === null || now - lastSyncedAt > maxStalenessMs + (pollIntervalMs ?? 0)
  const warnings = warningsOf(known, isLate && first !== undefined)
  const told = warnings.length === 0 ? {} : { warnings }
  if (first === undefined || last === undefined) return { reachesBackTo: now, gaps: [], ...told }
  const between = coverage
    .slice(1)
    .map(({ from }, index) => ({ from: (coverage[index]?.to ?? from) + 1, to: from - 1 }))
  const missing = [...gaps, ...between, ...(isLate ? [{ from: last.to, to: now }] : [])]
  const within = missing.map(({ from, to }) => ({ from: Math.max(from, first.from), to }))
  return { reachesBackTo: first.from <= 0 ? null : first.from, gaps: unionRanges(within), ...told }
}

function warningsOf(
  { headWarnings, reconcileWarnings, rejectedCount }: KnownHistory,
  isLate: boolean,
): SourceWarning[] {
  const kept = [...headWarnings, ...reconcileWarnings]
  const byCode = new Map(kept.map((warning) => [`${warning.code} ${warning.field}`, warning]))
  return [
    ...byCode.values(),
    ...(rejectedCount > 0 ? [rowsRejected(rejectedCount)] : []),
    ...(isLate ? [ARCHIVE_LATE] : []),
  ]
}

const ARCHIVE_LATE: SourceWarning = {
  code: 'ARCHIVE_LATE',
  message:
    'The archive was not updated in time. "waybill sources" shows the last error (GraphQL: archive.lastError). Check that a process syncs the source: "waybill sync" does it once, a server and "waybill sync --watch" always.',
  field: null,
  count: null,
}

function rowsRejected(count: number): SourceWarning {
  const what = `${countOf(count, 'row')} of the source`
  const message = `${what} cannot be read and ${count === 1 ? 'is' : 'are'} set aside. "waybill sources" shows the reason; a later version of Waybill may read them.`
  return { code: 'ROW_REJECTED', message, field: null, count }
}
