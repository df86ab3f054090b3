import type { RateLimit } from '@waybill/core'
import { SYNC_SHARE } from '../poll/poll-interval.js'

/** Without a rate limit: gentle enough for any API, fast enough for a back-fill of thousands of messages a second. */
const DEFAULT_LIMIT: RateLimit = { requests: 400, perSeconds: 10 }

/** Into how many parts a span is divided when what was sent in it is kept. */
const PARTS = 50

/** Requests that were sent up to `at`, in milliseconds since the epoch. A plain value: it outlives the process. */
export interface Sent {
  readonly at: number
  readonly count: number
}

/**
 * Holds one source's sync to its share of the rate limit, so that a back-fill never makes a reader wait. It gets
 * the time from its caller, and counts requests after they were sent: its own, and those of the processes that had the source before.
 */
export class Pace {
  readonly #most: number
  readonly #spanMs: number
  #sent: Sent[] = []
  /** How many of the last ones are not saved yet, and how many of those are being saved. */
  #unsaved = 0
  #saving = 0

  /** @param share which part of the sync's own share, from 0 to 1 */
  constructor(limit: RateLimit = DEFAULT_LIMIT, share = 1) {
    this.#most = Math.max(1, Math.floor(limit.requests * SYNC_SHARE * share))
    this.#spanMs = limit.perSeconds * 1000
  }

  /** How many requests may be sent now. */
  free(now: number): number {
    // After a clock was set back, what was sent later than now counts as sent now.
    this.#sent = this.#sent
      .filter(({ at }) => at > now - this.#spanMs)
      .map(({ at, count }) => ({ at: Math.min(at, now), count }))
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
    if (count === 0) return
    this.#sent.push({ at: now, count })
    this.#unsaved += 1
  }

  /** What other processes have to know to continue; saved once {@link saved} is called. */
  snapshot(now: number): Sent[] {
    this.free(now)
    this.#saving = this.#unsaved
    const parts = Map.groupBy(this.#sent, ({ at }) => Math.floor((at * PARTS) / this.#spanMs))
    return [...parts.values()].map((part) => ({
      at: Math.max(...part.map(({ at }) => at)),
      count: part.reduce((sum, { count }) => sum + count, 0),
    }))
  }

  saved(): void {
    this.#unsaved -= this.#saving
    this.#saving = 0
  }

  /**
   * Continues from what was saved last, by this process or another one.
   *
   * @param now a later time came from a clock that is ahead, and counts as now
   */
  restore(sent: readonly Sent[], now: number): void {
    const untold = this.#unsaved === 0 ? [] : this.#sent.slice(-this.#unsaved)
    this.#sent = [...sent.map(({ at, count }) => ({ at: Math.min(at, now), count })), ...untold]
  }
}
