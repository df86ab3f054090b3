import type { Message, MessageDetail, RejectedRow, TimeRange } from '@waybill/core'
import type { Lease } from './lease.js'
import type { SyncProgress } from './progress.js'
import type { ProvenRange } from './proven.js'

/** Why the history is incomplete over a span of time. */
export interface Gap extends TimeRange {
  /** When it was found, in milliseconds since the epoch. */
  readonly observedAt: number
}

/** A message that is asked for by its id, and when next. */
export interface Settlement {
  readonly upstreamId: string
  /** `final`: until its status is final; `absence`: to learn whether it was deleted. */
  readonly reason: 'final' | 'absence'
  /** When it is asked for next, in milliseconds since the epoch. */
  readonly dueAt: number
  /** How often it was asked for. */
  readonly attempts: number
}

/** What one step of a sync writes, in one transaction: all of it or nothing. */
export interface Batch {
  readonly lease: Lease
  /** When the messages were seen, in milliseconds since the epoch. */
  readonly observedAt: number
  /**
   * What a list told, whole: it replaces what is stored, but for a null `direction`, which never replaces a known one.
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
  readonly ascertained?: TimeRange
  /** A span that was compared with the whole list: it takes the place of what it overlaps. */
  readonly proven?: ProvenRange
  /** Rows that cannot be read. One that comes as a message in this or a later batch is set aside no more. */
  readonly rejected?: readonly RejectedRow[]
  /** Rows that were set aside and not seen since then, in milliseconds since the epoch, are gone: forgets them. */
  readonly rejectedSeenSince?: number
  /** Where to go on, by name; null removes one. Opaque to the store. */
  readonly checkpoints?: Readonly<Record<string, string | null>>
  /** Set, or put off, by id. */
  readonly settlements?: readonly Settlement[]
  /** Ids that need not be asked for any more, whatever `settlements` says. */
  readonly settled?: readonly string[]
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
