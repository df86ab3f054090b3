import type { MessageProvider, RateLimit } from '@waybill/core'
import type { PollSettings } from './poll/poll-interval.js'

/** An upstream that an archive is filled from. */
export interface SyncSource {
  /** The id from the configuration. */
  readonly id: string
  /** The live provider. All requests go through it, so its own limits hold. */
  readonly provider: MessageProvider
  readonly poll: PollSettings
  /** The rate limit that the provider keeps to; a sync uses three quarters of it. */
  readonly rateLimit?: RateLimit | undefined
}
