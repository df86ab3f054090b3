/** The turn of one operation to keep the processor busy. */
export interface Turn {
  /** Resolves when the operation has its turn; at once where it has it already. */
  take(): Promise<void>
  /** Lets the next one take its turn, while this one waits for something else, or when it is done. */
  giveBack(): void
}

/** Makes the turn of an operation of a caller. */
export type Turns = (caller: string) => Turn

/** How many operations of one caller have their turn at the same time. */
const AT_ONCE = 2

/** A turn is given back after this time, in milliseconds: whoever keeps it that long is waiting for something. */
const LONGEST_MS = 1000

interface CallerTurns {
  taken: number
  readonly waiting: (() => void)[]
}

/**
 * Bounds how many operations of each caller are worked on at the same time, so that a caller who sends many expensive ones at once
 * delays their own, and those of others by a few at most. The others wait in their order.
 */
export function createTurns(): Turns {
  const callers = new Map<string, CallerTurns>()

  function enter(caller: string): Promise<void> {
    const own = callers.get(caller) ?? { taken: 0, waiting: [] }
    callers.set(caller, own)
    if (own.taken < AT_ONCE) {
      own.taken += 1
      return Promise.resolve()
    }
    return new Promise((resolve) => own.waiting.push(resolve))
  }

  function leave(caller: string): void {
    const own = callers.get(caller)
    if (own === undefined) return
    const next = own.waiting.shift()
    // The turn goes over to the next one.
    if (next !== undefined) return next()
    own.taken -= 1
    if (own.taken === 0) callers.delete(caller)
  }

  return (caller) => {
    let taking: Promise<void> | null = null
    let timer: NodeJS.Timeout | null = null

    function giveBack(): void {
      if (timer === null) return
      clearTimeout(timer)
      timer = null
      taking = null
      leave(caller)
    }

    async function begin(): Promise<void> {
      await enter(caller)
      timer = setTimeout(giveBack, LONGEST_MS)
    }

    return { take: () => (taking ??= begin()), giveBack }
  }
}
