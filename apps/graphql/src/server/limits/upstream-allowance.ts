import type { RequestAllowance } from '@waybill/engine'
import type { MinuteBudget } from './minute-budget.js'

/** The upstream requests of one operation: those that it may send, and those that its caller may send in this minute. */
export interface UpstreamAllowance extends RequestAllowance {
  readonly spent: number
}

export interface UpstreamAllowanceOptions {
  /** How many requests the operation may send. */
  readonly limit: number
  readonly caller: string
  readonly callers: MinuteBudget
  /** Called before each request. */
  readonly onSpend: () => void
}

export function createUpstreamAllowance({
  limit,
  caller,
  callers,
  onSpend,
}: UpstreamAllowanceOptions): UpstreamAllowance {
  let spent = 0
  return {
    get spent() {
      return spent
    },
    get isSpent() {
      return spent >= limit || callers.remaining(caller) === 0
    },
    spend: () => {
      spent += 1
      callers.spend(caller, 1)
      onSpend()
    },
  }
}
