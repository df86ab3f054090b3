import { setImmediate as nextRound, setTimeout as wait } from 'node:timers/promises'
import type { RequestAllowance } from '@waybill/engine'
import { type Admission, type Refusal, refusal } from './admission.js'

/**
 * What takes a caller longer than one operation, such as a download: it goes on by steps, each in the caller's turn, and is
 * charged to the budgets of the caller's minute. Where nothing is left of one, it waits for the next minute.
 */
export interface LongWork {
  /** Its upstream requests; `spent` is how many there were. */
  readonly allowance: RequestAllowance & { readonly spent: number }
  /** @throws NotNow where it may not begin */
  begin(needs: LongWorkNeeds): void
  /** Does the next step in the caller's turn. @throws the reason of the signal */
  step<Result>(work: () => Promise<Result>, needs: LongWorkNeeds): Promise<Result>
  /** Charges what a step has yielded. */
  spendCost(points: number): void
}

/** Nothing is left of what the caller may spend in this minute. */
export class NotNow extends Error {
  readonly refusal: Refusal

  constructor(why: Refusal) {
    super(why.message)
    this.name = 'NotNow'
    this.refusal = why
  }
}

/** What the work spends beside cost. */
export interface LongWorkNeeds {
  /** Whether it may send upstream requests. */
  readonly isLive: boolean
}

export interface LongWorkOptions {
  readonly admission: Admission
  readonly caller: string
  /** Ends the waiting. */
  readonly signal: AbortSignal
}

export function createLongWork({ admission, caller, signal }: LongWorkOptions): LongWork {
  const { cost, upstream } = admission
  const turn = admission.turnOf(caller)
  let spent = 0

  function secondsLeft({ isLive }: LongWorkNeeds): number {
    if (cost.remaining(caller) === 0) return cost.secondsLeft(caller)
    return isLive && upstream.remaining(caller) === 0 ? upstream.secondsLeft(caller) : 0
  }

  return {
    allowance: {
      get spent() {
        return spent
      },
      // A list that ended early would look as if there was no more: the next step waits instead.
      isSpent: false,
      spend: () => {
        spent += 1
        upstream.spend(caller, 1)
        // Others work while this one waits for the answer.
        turn.giveBack()
      },
    },
    begin: (needs) => {
      const seconds = secondsLeft(needs)
      if (seconds === 0) return
      const limit = cost.remaining(caller) === 0 ? 'costPerMinute' : 'upstreamRequestsPerMinute'
      throw new NotNow(refusal(429, `Nothing is left of this minute (server.limits.${limit})`, seconds))
    },
    step: async (work, needs) => {
      for (let seconds = secondsLeft(needs); seconds > 0; seconds = secondsLeft(needs))
        await wait(seconds * 1000, undefined, { signal })
      await turn.take()
      // Where many of these wait, one would follow the other, and requests of others would not even be read.
      await nextRound()
      try {
        signal.throwIfAborted()
        return await work()
      } finally {
        turn.giveBack()
      }
    },
    spendCost: (points) => cost.spend(caller, points),
  }
}
