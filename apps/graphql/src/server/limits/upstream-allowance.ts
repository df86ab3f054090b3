import type { RequestAllowance } from '@waybill/engine'
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
}
