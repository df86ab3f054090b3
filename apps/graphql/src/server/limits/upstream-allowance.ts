import type { RequestAllowance } from '@waybill/engine'
import type { GraphQLError } from 'graphql'
import { limitError, minuteError } from './limit-error.js'
import type { MinuteBudget } from './minute-budget.js'

export interface UpstreamAllowanceOptions {
  /** How many requests the operation may send. */
  readonly limit: number
  readonly caller: string
  readonly callers: MinuteBudget
  /** Called before each request. */
  readonly onSpend: () => void
}

/**
 * The upstream requests of one operation: those that it may send, and those that its caller may send in this minute. A class, since an
 * object with getters of its own has a hidden class of its own, which only a full garbage collection frees.
 */
export class UpstreamAllowance implements RequestAllowance {
  readonly #options: UpstreamAllowanceOptions
  #spent = 0

  constructor(options: UpstreamAllowanceOptions) {
    this.#options = options
  }

  get spent(): number {
    return this.#spent
  }

  get isSpent(): boolean {
    const { limit, callers, caller } = this.#options
    return this.#spent >= limit || callers.remaining(caller) === 0
  }

  spend(): void {
    const { callers, caller, onSpend } = this.#options
    this.#spent += 1
    callers.spend(caller, 1)
    onSpend()
  }

  /** The error for an operation that needs so many more requests for single messages; null where it may send them. */
  refusal(needed: number): GraphQLError | null {
    const { limit, callers, caller } = this.#options
    if (needed > limit - this.#spent) {
      return limitError({
        limit: 'maxUpstreamRequests',
        asked: this.#spent + needed,
        allowed: limit,
        text: `may need more than ${limit} upstream requests, one for each message whose \`detail\` is not stored`,
        remedy: 'Ask for fewer messages (`first`), or for `detail` of fewer of them.',
      })
    }
    const left = callers.remaining(caller)
    if (left === null || needed <= left) return null
    const text = `may need ${needed} upstream requests, and ${left} are left in this minute (server.limits.upstreamRequestsPerMinute)`
    return minuteError(text, callers.secondsLeft(caller))
  }
}
