/** What may be spent in a minute by each of many, counted in whole minutes from the first spending. */
export interface MinuteBudget {
  /** What is left of this minute; null: there is no limit. */
  remaining(key: string): number | null
  /** Spends an amount, also beyond the limit. */
  spend(key: string, amount: number): void
  /** Whole seconds until the minute is over; 0 where none has begun. */
  secondsLeft(key: string): number
}

interface Minute {
  readonly endsAt: number
  spent: number
}

const MINUTE_MS = 60_000

/** From so many keys on, those whose minute is over are forgotten. */
const MANY_KEYS = 1000

/**
 * @param limit null: none
 * @param now milliseconds of a clock that never goes back
 */
export function createMinuteBudget(
  limit: number | null,
  now: () => number = () => performance.now(),
): MinuteBudget {
  const minutes = new Map<string, Minute>()

  function current(key: string): Minute | undefined {
    const minute = minutes.get(key)
    return minute !== undefined && minute.endsAt > now() ? minute : undefined
  }

  function begin(key: string): Minute {
    if (minutes.size >= MANY_KEYS) {
      for (const [old, { endsAt }] of minutes) if (endsAt <= now()) minutes.delete(old)
    }
    const minute = { endsAt: now() + MINUTE_MS, spent: 0 }
    minutes.set(key, minute)
    return minute
  }

  return {
    remaining: (key) => (limit === null ? null : Math.max(0, limit - (current(key)?.spent ?? 0))),
    spend: (key, amount) => {
      if (limit === null) return
      const minute = current(key) ?? begin(key)
      minute.spent += amount
    },
    secondsLeft: (key) => Math.max(0, Math.ceil(((current(key)?.endsAt ?? 0) - now()) / 1000)),
  }
}
