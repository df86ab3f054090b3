import type { MessageProvider, RateLimit } from '@waybill/core'
import type { PollSettings } from '../poll/poll-interval.js'

/** How often a source that is paged through is compared with the archive, beside what gives a reason to. */
export interface ReconcileSettings {
  /** How far back the frequent comparison reaches, in milliseconds; default 7 days. */
  readonly recentMs?: number | undefined
  /** How often it is made, in milliseconds; default 24 hours. */
  readonly recentEveryMs?: number | undefined
  /** How often everything is compared, in milliseconds; default 28 days. Four times as often where the source does not count. */
  readonly allEveryMs?: number | undefined
}

/** An upstream that an archive is filled from. */
export interface SyncSource {
  /** The id from the configuration. */
  readonly id: string
  /** The live provider. All requests go through it, so its own limits hold. */
  readonly provider: MessageProvider
  readonly poll: PollSettings
  /** The rate limit that the provider keeps to; a sync uses three quarters of it. */
  readonly rateLimit?: RateLimit | undefined
  readonly reconcile?: ReconcileSettings | undefined
  /**
   * Which part of the sync's requests may ask for messages that failed for a reason that no list shows, from 0 to 1;
   * default 0.25. With 0 it never asks.
   */
  readonly detailShare?: number | undefined
  /** A longer wait than this is not believed, whoever says so, in milliseconds; default 15 minutes. */
  readonly maxWaitMs?: number | undefined
}
