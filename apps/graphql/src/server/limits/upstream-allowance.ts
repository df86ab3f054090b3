import type { RequestAllowance } from '@waybill/engine'
import type { GraphQLError } from 'graphql'
import { limitError, minuteError } from './limit-error.js'
import type { MinuteBudget } from './minute-budget.js'

/** The upstream requests of one operation: those that it may send, and those that its caller may send in this minute. */
export interface UpstreamAllowance extends RequestAllowance {
  readonly spent: number
  /** The error for an operation that needs so many more requests for single messages; null where it may send them. */
  refusal(needed: number): GraphQLError | null
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
    refusal: (needed) => {
      if (needed > limit - spent) {
        return limitError({
          limit: 'maxUpstreamRequests',
          asked: spent + needed,
          allowed: limit,
          text: `may need more than ${limit} upstream requests, one for each message whose \`detail\` is not stored`,
          remedy: 'Ask for fewer messages (`first`), or for `detail` of fewer of them.',
        })
      }
      const left = callers.remaining(caller)
      if (left === null || needed <= left) return null
      const text = `may need ${needed} upstream requests, and ${left} are left in this minute (server.limits.upstreamRequestsPerMinute)`
      return minuteError(text, callers.secondsLeft(caller))
    },
  }
}
