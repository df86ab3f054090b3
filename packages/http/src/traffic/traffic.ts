import type { RateLimit } from '@waybill/core'
import type { ResolvedLimits } from '../options/limits.js'
import type { Deadline } from '../time/deadline.js'
import type { Permit } from './permit.js'
import { RateGate } from './rate-gate.js'
import { Semaphore } from './semaphore.js'

/** Holds the requests of one connection to its rate limit and its concurrency. */
export class Traffic {
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
