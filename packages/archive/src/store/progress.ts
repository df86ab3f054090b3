/** How a source's sync is doing. Times are milliseconds since the epoch. */
export interface SyncProgress {
  /** When it last caught up with the head of the upstream's list; null before the first time. */
  readonly lastSyncedAt: number | null
  readonly pollIntervalMs: number | null
  /** Why the last attempt failed; null after one that succeeded. */
  readonly lastError: SyncError | null
}

/** Why a sync failed, in words that are safe to show. */
export interface SyncError {
  readonly code: string
  readonly message: string
  readonly retryAfterSeconds: number | null
}
