import { type RateLimit, UpstreamError } from '@waybill/core'
import type { ResolvedLimits } from '../options/client-options.js'
import { type Deadline, delay, remainingMs, toSeconds } from '../time/deadline.js'
import { Semaphore } from './semaphore.js'
import { Permit, TokenBucket } from './token-bucket.js'

/** Holds the requests of one connection to its rate limit and its concurrency. */
export class RequestThrottle {
  readonly #gate: RateGate | undefined
  readonly #places: Semaphore

  constructor(source: string, rateLimit: RateLimit | undefined, limits: ResolvedLimits) {
    this.#gate =
      rateLimit === undefined ? undefined : new RateGate(rateLimit, source, limits.maxRetryAfterSeconds)
    this.#places = new Semaphore(limits.concurrency)
  }

  /**
   * Runs `request` when it is its turn; without a rate limit it gets no permit.
   * Rejects as {@link RateGate.take} and `request` do.
   */
  async run<T>(deadline: Deadline, request: (permit: Permit | undefined) => Promise<T>): Promise<T> {
    const permit = await this.#gate?.take(deadline)
    try {
      await this.#places.acquire(deadline.signal)
      try {
        return await request(permit)
      } finally {
        this.#places.release()
      }
    } finally {
      permit?.settle()
    }
  }
}

/** Makes requests wait for the configured rate limit, in the order of their coming. */
export class RateGate {
  readonly #limit: RateLimit
  readonly #source: string
  readonly #maxRetryAfterSeconds: number
  readonly #bucket: TokenBucket
  readonly #turn = new Semaphore(1)

  constructor(limit: RateLimit, source: string, maxRetryAfterSeconds: number) {
    this.#limit = limit
    this.#source = source
    this.#maxRetryAfterSeconds = maxRetryAfterSeconds
    this.#bucket = new TokenBucket(limit)
  }

  /**
   * The permit must be settled.
   * @throws UpstreamError UPSTREAM_RATE_LIMITED, at once, when no token comes free before the deadline;
   *   the reason of the deadline's signal when that aborts.
   */
  async take(deadline: Deadline): Promise<Permit> {
    // Those in front are counted in, so that one who cannot be served in time does not wait for nothing.
    this.#waitMs(deadline, this.#turn.load)
    await this.#turn.acquire(deadline.signal)
    try {
      for (;;) {
        const waitMs = this.#waitMs(deadline, 0)
        if (waitMs === 0) return new Permit(this.#bucket, this.#bucket.take())
        await delay(Math.ceil(waitMs), deadline.signal)
      }
    } finally {
      this.#turn.release()
    }
  }

  #waitMs(deadline: Deadline, ahead: number): number {
    const now = performance.now()
    const waitMs = this.#bucket.waitMs(now, ahead)
    if (waitMs === 0 || waitMs < remainingMs(deadline.endsAt, now)) return waitMs
    throw this.#refusal(toSeconds(waitMs))
  }

  #refusal(seconds: number): UpstreamError {
    const { requests, perSeconds } = this.#limit
    const message =
      `Source "${this.#source}" may send ${requests} requests in ${perSeconds} s: that is rateLimit in Waybill's own ` +
      `configuration, and no other request is free in time. Wait ${seconds} s, then try again, or raise rateLimit.`
    return new UpstreamError('UPSTREAM_RATE_LIMITED', message, {
      source: this.#source,
      // What others plan by is bounded, whoever asks for the wait; coming too early costs the upstream nothing here.
      retryAfterSeconds: Math.min(seconds, this.#maxRetryAfterSeconds),
    })
  }
}
