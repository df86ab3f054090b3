import type { RateLimit } from '@waybill/core'
import { SYNC_SHARE } from './poll/poll-interval.js'

/** Without a rate limit: gentle enough for any API, fast enough for a back-fill of thousands of messages a second. */
const DEFAULT_LIMIT: RateLimit = { requests: 400, perSeconds: 10 }

/**
 * Holds one source's sync to its share of the rate limit, so that a back-fill never makes a reader wait. It is handed
 * the time, and counts requests after they were sent.
 */
export class Pace {
  readonly #most: number
  readonly #spanMs: number
  #sent: { readonly at: number; readonly count: number }[] = []

  constructor(limit: RateLimit = DEFAULT_LIMIT) {
    this.#most = Math.max(1, Math.floor(limit.requests * SYNC_SHARE))
    this.#spanMs = limit.perSeconds * 1000
  }

  /** How many requests may be sent now. */
  free(now: number): number {
    this.#sent = this.#sent.filter(({ at }) => at > now - this.#spanMs)
    return Math.max(0, this.#most - this.#sent.reduce((sum, { count }) => sum + count, 0))
  }

  /** When `wanted` requests, or half of all that there are, may be sent, in milliseconds since the epoch. */
  freeAt(wanted: number, now: number): number {
    const enough = Math.min(wanted, Math.ceil(this.#most / 2))
    let free = this.free(now)
    if (free >= enough) return now
    for (const { at, count } of this.#sent) {
      free += count
      if (free >= enough) return at + this.#spanMs
    }
    return now + this.#spanMs
  }

  spent(count: number, now: number): void {
    if (count > 0) this.#sent.push({ at: now, count })
  }
}
