import type { SourceWarning } from '@waybill/core'

/** How a source's sync is doing. Times are milliseconds since the epoch. */
export interface SyncProgress {
  /** When it last caught up with the head of the upstream's list; null before the first time. */
  readonly lastSyncedAt: number | null
  readonly pollIntervalMs: number | null
  /** Why the last attempt failed; null after one that succeeded. */
  readonly lastError: SyncError | null
  /** What was wrong with the list when it was last polled, and when it was last compared as a whole. */
  readonly headWarnings: readonly SourceWarning[]
  readonly reconcileWarnings: readonly SourceWarning[]
}

/** Why a sync failed, in words that are safe to show. */
export interface SyncError {
  readonly code: string
  readonly message: string
  readonly retryAfterSeconds: number | null
}
