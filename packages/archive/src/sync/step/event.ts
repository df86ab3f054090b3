import type { TimeRange } from '@waybill/core'
import type { SyncError } from '../../store/archive-store.js'
import type { PollPlan } from '../poll/poll-interval.js'

/** What a step wrote, and what that cost: all steps together are everything that a sync did. */
export interface StepCounts {
  /** Messages that were not stored before. */
  readonly added: number
  /** Messages that got a new version, but for those that are gone. */
  readonly changed: number
  /** Messages that the upstream said are gone. */
  readonly deleted: number
  readonly requests: number
}

/**
 * What a source waits for. `rate-limit`: its share of the requests that the configuration allows; `retry`: the time at
 * which something that failed is tried again, which the upstream may have named (`Retry-After`); `schedule`: its next poll;
 * `other-process`: another process, which syncs it now.
 */
export type WaitReason = 'rate-limit' | 'retry' | 'schedule' | 'other-process'

/** Something that a sync did or found, for logs and metrics. */
export type SyncEvent =
  /** The newest messages were read. */
  | (StepCounts & { readonly kind: 'synced'; readonly source: string; readonly pollIntervalMs: number })
  /** The messages that changed last were read. */
  | (StepCounts & { readonly kind: 'changes'; readonly source: string })
  /**
   * Messages may be missing within these bounds, which are stored with the history. They came and went between two polls
   * of a `window`, or a `reading` of the whole history could not be certain to have met them.
   */
  | {
      readonly kind: 'gap'
      readonly source: string
      readonly cause: 'window' | 'reading'
      readonly gap: TimeRange
    }
  /** The traffic calls for more polls than are allowed: a gap may come. Said once, when it begins. */
  | {
      readonly kind: 'behind'
      readonly source: string
      readonly wantedMs: number
      readonly pollIntervalMs: number
      readonly limit: Exclude<PollPlan['limit'], null>
    }
  /** The polls that are allowed are enough again. */
  | { readonly kind: 'kept-up'; readonly source: string }
  /** A part of the list was read and compared with the archive: the first time everything, to fill it, later what is due. */
  | (StepCounts & {
      readonly kind: 'history'
      readonly source: string
      readonly purpose: 'back-fill' | 'reconcile'
      /** Down to which time it reads, in milliseconds since the epoch; 0: everything. */
      readonly from: number
      /** How many messages this comparison has read so far. */
      readonly read: number
      /** How many there are in all; null where the upstream does not tell, or where it is not everything. */
      readonly total: number | null
      /** Down to which time it has come, in milliseconds since the epoch; null before the first message. */
      readonly downTo: number | null
      readonly isDone: boolean
    })
  /** A reading could not go on from where it was, and began anew. Nothing that is stored was lost. */
  | { readonly kind: 'restarted'; readonly source: string; readonly reason: string }
  /** Messages were asked for by id. */
  | (StepCounts & { readonly kind: 'rechecked'; readonly source: string; readonly asked: number })
  /** A step failed, and is tried again at `retryAt`, in milliseconds since the epoch. */
  | {
      readonly kind: 'failed'
      readonly source: string
      readonly error: SyncError
      /** What was thrown, where that is unexpected and so not told by `error`: for a log, never for a client. */
      readonly thrown?: unknown
      /** The upstream's own words, where the source's setting allows them: for a log, never for a client. */
      readonly upstreamWords?: string
      readonly retryAt: number
    }
  /** Nothing is done for the source before a time. Emitted once for each such wait, if it is a second or longer. */
  | {
      readonly kind: 'waiting'
      readonly source: string
      readonly reason: WaitReason
      /** Why it has to be tried again; null where nothing failed. */
      readonly error: SyncError | null
      /** In milliseconds since the epoch; null where that depends on another process. */
      readonly until: number | null
    }
  /** Another process took over the source while this one worked on it: nothing of that step was written. */
  | { readonly kind: 'lease-lost'; readonly source: string }
  /** The queue that plans the next steps has trouble. Said once a minute at most; it goes on by itself when that is over. */
  | { readonly kind: 'schedule-failed'; readonly source: null; readonly error: SyncError }

/** Is told of every event. What it throws is ignored: a log must not stop a sync. */
export type SyncListener = (event: SyncEvent) => void
