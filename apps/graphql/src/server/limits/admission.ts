import type { ServerLimits } from '@waybill/runtime'
import { createMinuteBudget, type MinuteBudget } from './minute-budget.js'
import { createHeldBytes, type HeldBytes } from './held-bytes.js'
import { createTurns, type Turns } from './turns.js'

/** What all callers together, and each of them, may have and spend. */
export interface Admission {
  /** Lets a request in; its place is given back by `leave`. */
  enter(caller: string): Refusal | Place
  /** Lets a log in that is to be reconciled, beside the request that sends it. */
  enterLog(caller: string): Refusal | Place
  /** Cost of operations by caller. */
  readonly cost: MinuteBudget
  /** Upstream requests by caller. */
  readonly upstream: MinuteBudget
  readonly turnOf: Turns
  /** Makes what an answer of a caller holds. */
  readonly holdOf: (caller: string) => HeldBytes
  /** Makes what the body of a request of a caller holds. */
  readonly holdBodyOf: (caller: string) => HeldBytes
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
  const operations = createPlaces(limits, {
    all: 'maxOperations',
    one: 'maxOperationsPerCaller',
    what: 'operations',
  })
  const logs = createPlaces(limits, { all: 'maxLogs', one: 'maxLogsPerCaller', what: 'logs' })

  return {
    cost: createMinuteBudget(limits.costPerMinute),
    upstream: createMinuteBudget(limits.upstreamRequestsPerMinute),
    turnOf: createTurns(),
    holdOf: createHeldBytes(limits.maxHeldBytesPerCaller),
    holdBodyOf: createHeldBytes(mostBodyBytes(limits)),
    enter: (caller) => {
      if (requests.remaining(caller) === 0) {
        const text = `More than ${limits.requestsPerMinute} requests in a minute (server.limits.requestsPerMinute)`
        return refusal(429, text, requests.secondsLeft(caller))
      }
      const place = operations(caller)
      if ('leave' in place) requests.spend(caller, 1)
      return place
    },
    enterLog: logs,
  }
}

/** What the first part of a body may have that is refused for its length, twice. In bytes. */
const PART = 131_072

/** What the bodies that a caller is sending may have together. A single one that is permitted always fits. */
export function mostBodyBytes({
  maxHeldBytesPerCaller,
  maxBodyBytes,
}: Pick<ServerLimits, 'maxHeldBytesPerCaller' | 'maxBodyBytes'>): number {
  return Math.max(Math.ceil(maxHeldBytesPerCaller / 16), 2 * maxBodyBytes + PART)
}

type CountLimit = 'maxOperations' | 'maxOperationsPerCaller' | 'maxLogs' | 'maxLogsPerCaller'

interface PlacesOf {
  /** How many all callers together may have. */
  readonly all: CountLimit
  /** How many each of them may have. */
  readonly one: CountLimit
  readonly what: string
}

/** Gives places to callers as long as there are any. */
function createPlaces(
  limits: ServerLimits,
  { all, one, what }: PlacesOf,
): (caller: string) => Refusal | Place {
  const inside = new Map<string, number>()
  let taken = 0

  function leave(caller: string): void {
    taken -= 1
    const left = (inside.get(caller) ?? 1) - 1
    if (left === 0) inside.delete(caller)
    else inside.set(caller, left)
  }

  return (caller) => {
    if (taken >= limits[all])
      return refusal(503, `More than ${limits[all]} ${what} at once (server.limits.${all})`)
    const own = inside.get(caller) ?? 0
    if (own >= limits[one])
      return refusal(429, `More than ${limits[one]} ${what} of one caller at once (server.limits.${one})`)
    taken += 1
    inside.set(caller, own + 1)
    return { leave: () => leave(caller) }
  }
}

/** @param text the limit as a clause, without an end */
export function refusal(status: 429 | 503, text: string, retryAfterSeconds: number = 1): Refusal {
  const message = `${text}. Send the request again after ${retryAfterSeconds} s, and fewer at a time.`
  return { status, code: 'RATE_LIMITED', message, retryAfterSeconds }
}
