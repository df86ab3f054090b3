import type { Message, TimeRange } from '@waybill/core'
import type { Batch, CommitResult, Gap, Settlement } from './batch.js'
import type { Lease } from './lease.js'
import type { SyncProgress } from './progress.js'
import type { ProvenRange } from './proven.js'
import type { RejectedCount, RejectedRecord } from './rejected.js'

/** What is stored of a message, as far as a sync needs it. */
export interface Stored {
  readonly message: Message
  readonly deleted: boolean
  /** When the version that is stored was observed, in milliseconds since the epoch. */
  readonly changedAt: number
}

/** Which messages may still change without the upstream's lists telling. */
export interface UnsettledRequest {
  /** Both ends excluded, in milliseconds since the epoch. */
  readonly sentAfter: number
  readonly sentBefore: number
  readonly limit: number
}

/** How many messages of a source are stored, and between which times they were sent. */
export interface StoredSpan {
  /** Those that were deleted upstream are among them. */
  readonly count: number
  readonly deletedCount: number
  /** `sentAt` of the oldest and the newest that are not deleted; null where there are none. */
  readonly oldest: number | null
  readonly newest: number | null
}

/**
 * What a sync writes, and what it has to know of what it wrote. Every source stands alone.
 * @throws WaybillError ARCHIVE_UNAVAILABLE from each method, when the database cannot be had.
 */
export interface ArchiveStore {
  /**
   * Writes a batch in one transaction.
   * @throws LeaseLost when the lease is not held any more. One that ran out and that nobody took since still counts.
   */
  commit(batch: Batch): Promise<CommitResult>
  /** Those of the ids that are stored, by id. */
  stored(source: string, ids: readonly string[]): Promise<ReadonlyMap<string, Stored>>
  checkpoint(source: string, name: string): Promise<string | null>
  /** Over which spans the history is complete, apart from the gaps; both oldest first. */
  coverage(source: string): Promise<{ readonly coverage: TimeRange[]; readonly gaps: Gap[] }>
  /** When which span was last compared with the whole list, oldest first; no two overlap. */
  proven(source: string): Promise<ProvenRange[]>
  rejectedCount(source: string): Promise<RejectedCount>
  /** Those of the ids whose rows cannot be read, as they came last. */
  setAside(source: string, ids: readonly string[]): Promise<ReadonlySet<string>>
  /** Rows that cannot be read, those first that came last. */
  rejected(source: string, limit: number): Promise<RejectedRecord[]>
  progress(source: string): Promise<SyncProgress>
  /** What is to be asked for by now, the longest overdue first. */
  due(source: string, now: number, limit: number): Promise<Settlement[]>
  /** When something is to be asked for next; null when nothing is. */
  nextDue(source: string): Promise<number | null>
  /** What is planned for those of the ids for which something is, by id. */
  settlements(source: string, ids: readonly string[]): Promise<ReadonlyMap<string, Settlement>>
  /** Ids of messages that are neither final, old nor deleted and that nothing is planned for, the newest first. */
  unsettled(source: string, request: UnsettledRequest): Promise<string[]>
  /** Ids of messages that were sent within a span and are not deleted, oldest first. */
  idsWithin(source: string, range: TimeRange): Promise<string[]>
  span(source: string): Promise<StoredSpan>
  /** Takes the lease on a source; null while another holds it. The clock is the database's. */
  acquire(source: string, holder: string, ttlMs: number): Promise<Lease | null>
  /** Holds it for so long from now on; false when it was taken by another, or given back. */
  renew(lease: Lease, ttlMs: number): Promise<boolean>
  /** Gives it back, so that another need not wait. A lease that is not held is passed over. */
  release(lease: Lease): Promise<void>
}
