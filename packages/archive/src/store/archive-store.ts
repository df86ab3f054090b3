import type { Message, TimeRange, MessageDetail, RejectedRow, SourceWarning } from '@waybill/core'
import type { Lease } from './lease.js'
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
export interface NonFinalRequest {
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
  due(source: string, now: number, limit: number): Promise<Recheck[]>
  /** When something is to be asked for next; null when nothing is. */
  nextDue(source: string): Promise<number | null>
  /** What is planned for those of the ids for which something is, by id. */
  rechecks(source: string, ids: readonly string[]): Promise<ReadonlyMap<string, Recheck>>
  /** What is to be requested by now because no list shows why it failed, the newest first. */
  wantedDetails(source: string, now: number, limit: number): Promise<WantedDetail[]>
  /** When such a message is to be requested next; null when none is. */
  nextWantedDetail(source: string): Promise<number | null>
  /** Ids of messages that are neither final, old nor deleted and that nothing is planned for, the newest first. */
  nonFinal(source: string, request: NonFinalRequest): Promise<string[]>
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

/** Why the history is incomplete over a span of time. */
export interface Gap extends TimeRange {
  /** When it was found, in milliseconds since the epoch. */
  readonly observedAt: number
}

/** A message that is asked for by its id, and when next. */
export interface Recheck {
  readonly upstreamId: string
  /** `final`: until its status is final; `absence`: to learn whether it was deleted. */
  readonly reason: 'final' | 'absence'
  /** When it is asked for next, in milliseconds since the epoch. */
  readonly dueAt: number
  /** How often it was asked for. */
  readonly attempts: number
}

/** A message that failed for a reason that no list shows, and when it is requested by its id. */
export interface WantedDetail {
  readonly upstreamId: string
  /** When it is requested next, in milliseconds since the epoch. */
  readonly dueAt: number
  /** How often it was requested in vain. */
  readonly attempts: number
}

/** What one step of a sync writes, in one transaction: all of it or nothing. */
export interface Batch {
  readonly lease: Lease
  /** When the messages were seen, in milliseconds since the epoch. */
  readonly observedAt: number
  /**
   * What a list told, whole: it replaces what is stored, but for a null `direction`, which never replaces a known one,
   * and a null `failure`, which leaves that of a message that has failed before.
   * A message that is stored becomes a new version where anything but its `raw` changed. One that was marked as deleted
   * is so no more.
   */
  readonly messages: readonly Message[]
  /**
   * What requests for single messages told. They fill in: a null never replaces what is known, `failure` follows the
   * status, and the `raw` of a list stays. What is not stored is passed over.
   */
  readonly updates?: readonly Message[]
  /** What such requests told beside, by upstream id; replaces what was told before. */
  readonly details?: ReadonlyMap<string, MessageDetail>
  /** Ids of messages that the upstream said are gone. They stay, marked. What is not stored is passed over. */
  readonly deleted?: readonly string[]
  /** Spans over which the history is complete now; joined with those that are known and touch them. */
  readonly coverage?: readonly TimeRange[]
  /** Gaps that were found; one that is known already stays as it is. */
  readonly gaps?: readonly Gap[]
  /** A span that was read again with certainty: gaps that lie within it are none any more. */
  readonly verified?: TimeRange
  /** A span that was compared with the whole list: it takes the place of what it overlaps. */
  readonly proven?: ProvenRange
  /** Rows that cannot be read. One that comes as a message in this or a later batch is set aside no more. */
  readonly rejected?: readonly RejectedRow[]
  /** Rows that were set aside and not seen since then, in milliseconds since the epoch, are gone: forgets them. */
  readonly rejectedSeenSince?: number
  /** Where to go on, by name; null removes one. Opaque to the store. */
  readonly checkpoints?: Readonly<Record<string, string | null>>
  /** Set, or put off, by id. */
  readonly rechecks?: readonly Recheck[]
  /** Ids that need not be asked for any more, whatever `rechecks` says. */
  readonly settled?: readonly string[]
  /** Messages whose details could not be had, and when they are requested again. */
  readonly detailsPutOff?: readonly WantedDetail[]
  /** Ids of messages whose details are not to be had. They are requested again when something in the message changes. */
  readonly detailsGivenUp?: readonly string[]
  /** What is given replaces what is stored, the rest stays. */
  readonly progress?: Partial<SyncProgress>
}

/** What a commit changed. */
export interface CommitResult {
  /** Ids of messages that were not stored before. */
  readonly added: readonly string[]
  /** Ids of messages that got a new version. */
  readonly changed: readonly string[]
}

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
