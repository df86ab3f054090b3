import type { RequestAllowance } from '@waybill/engine'
import type { MinuteBudget } from './minute-budget.js'

/** The upstream requests of one operation: those that it may send, and those that its caller may send in this minute. */
export interface UpstreamAllowance extends RequestAllowance {
  readonly spent: number
}

export function createUpstreamAllowance(
  limit: number,
  caller: string,
  callers: MinuteBudget,
): UpstreamAllowance {
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
    },
  }
}
