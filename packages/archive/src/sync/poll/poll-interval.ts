import type { RateLimit } from '@waybill/core'
import { type Arrivals, arrivalRate } from './arrivals.js'

/** How often a source may be polled, and how old what is read from the archive may be. */
export interface PollSettings {
  /** The shortest time between two polls, in milliseconds. */
  readonly minPollMs: number
  /** The longest, in milliseconds. */
  readonly maxPollMs: number
  /** A reader waits briefly for a poll when the last one is older than this, in milliseconds. */
  readonly maxStalenessMs: number
}

/** When to poll next, and what stands against polling sooner. */
export interface PollPlan {
  readonly intervalMs: number
  /** What the traffic calls for, in milliseconds. */
  readonly wantedMs: number
  /** What makes the interval longer than the traffic calls for; null where nothing does. */
  readonly limit: 'minPollMs' | 'rateLimit' | null
}

/** Of a list's capacity, how much may come between two polls as far as is foreseen. Less than a half: traffic is uneven. */
const SHARE_REPLACED = 0.35

/** The part of a rate limit that a sync may use. The rest is for those who read live, or ask for single messages. */
export const SYNC_SHARE = 0.75

/**
 * How long to wait for the next poll, so that no more than half of the list is new by then.
 *
 * @param capacity how many messages a full list holds
 * @param requestsPerPoll how many requests one poll costs
 */
export function planPoll(
  arrivals: Arrivals,
  capacity: number,
  poll: PollSettings,
  rateLimit: RateLimit | undefined,
  requestsPerPoll: number,
  now: number,
): PollPlan {
  const rate = arrivalRate(arrivals, now)
  const wantedMs = rate === 0 ? Number.POSITIVE_INFINITY : Math.floor((capacity * SHARE_REPLACED) / rate)
  const affordableMs = affordable(rateLimit, requestsPerPoll)
  const possibleMs = Math.max(poll.minPollMs, affordableMs)
  const intervalMs = Math.max(possibleMs, Math.min(wantedMs, poll.maxPollMs))
  const limit = affordableMs > poll.minPollMs ? 'rateLimit' : 'minPollMs'
  return { intervalMs, wantedMs, limit: wantedMs < possibleMs ? limit : null }
}

/** The shortest interval that a rate limit allows for good, in milliseconds. */
function affordable(rateLimit: RateLimit | undefined, requestsPerPoll: number): number {
  if (rateLimit === undefined) return 0
  const { requests, perSeconds } = rateLimit
  return Math.ceil((requestsPerPoll * perSeconds * 1000) / (requests * SYNC_SHARE))
}
