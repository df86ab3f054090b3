export type { ArchiveStore, Stored, StoredSpan, UnsettledRequest } from './store/archive-store.js'
export type { Batch, CommitResult, Gap, Settlement } from './store/batch.js'
export { LeaseLost, type Lease } from './store/lease.js'
export type { SyncError, SyncProgress } from './store/progress.js'
