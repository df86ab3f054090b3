import type { ServerLimits } from '@waybill/runtime'
import { createMinuteBudget, type MinuteBudget } from './minute-budget.js'
import { createTurns, type Turns } from './turns.js'

/** What all callers together, and each of them, may have and spend. */
export interface Admission {
  /** Lets a request in; its place is given back by `leave`. */
  enter(caller: string): Refusal | Place
  /** Cost of operations by caller. */
  readonly cost: MinuteBudget
  /** Upstream requests by caller. */
  readonly upstream: MinuteBudget
  readonly turnOf: Turns
}

/** Why a request is not let in now. */
export interface Refusal {
  readonly status: 429 | 503
  readonly code: 'RATE_LIMITED'
  readonly message: string
  readonly retryAfterSeconds: number
}

export interface Place {
  leave(): void
}

export function createAdmission(limits: ServerLimits): Admission {
  const requests = createMinuteBudget(limits.requestsPerMinute)
  const inside = new Map<string, number>()
  let all = 0

  return {
    cost: createMinuteBudget(limits.costPerMinute),
    upstream: createMinuteBudget(limits.upstreamRequestsPerMinute),
    turnOf: createTurns(),
    enter: (caller) => {
      if (requests.remaining(caller) === 0) {
        const text = `More than ${limits.requestsPerMinute} requests in a minute (server.limits.requestsPerMinute)`
        return refusal(429, text, requests.secondsLeft(caller))
      }
      if (all >= limits.maxOperations) {
        return refusal(
          503,
          `More than ${limits.maxOperations} operations at once (server.limits.maxOperations)`,
        )
      }
      const own = inside.get(caller) ?? 0
      if (own >= limits.maxOperationsPerCaller) {
        const text = `More than ${limits.maxOperationsPerCaller} operations of one caller at once (server.limits.maxOperationsPerCaller)`
        return refusal(429, text)
      }
      requests.spend(caller, 1)
      all += 1
      inside.set(caller, own + 1)
      return { leave: () => leave(caller) }
    },
  }

  function leave(caller: string): void {
    all -= 1
    const left = (inside.get(caller) ?? 1) - 1
    if (left === 0) inside.delete(caller)
    else inside.set(caller, left)
  }
}

function refusal(status: 429 | 503, text: string, retryAfterSeconds: number = 1): Refusal {
  const message = `${text}. Send the request again after ${retryAfterSeconds} s, and fewer at a time.`
  return { status, code: 'RATE_LIMITED', message, retryAfterSeconds }
}
