import { DAY_MS } from '@waybill/core'
import type { TimeShift } from '../finding.js'

/** How many entries a shift needs, and in how many minutes of the log: what was sent at once may have been late at once. */
const LEAST_ENTRIES = 5
const LEAST_MINUTES = 5

/** A shift needs this many entries for each one that speaks against it. */
const RATIO = 2

const HOUR_SECONDS = 3600
const MINUTE_MS = 60_000

interface Votes {
  entries: number
  from: number
  to: number
}

interface Day {
  /** How many entries speak against every shift. */
  against: number
  all: number
  /** By the seconds of the shift. */
  readonly shifts: Map<number, Votes>
}

/** Days that follow each other, with what speaks for a shift there. */
interface Stretch {
  readonly shift: TimeShift
  readonly score: number
  readonly days: ReadonlySet<number>
}

/** Counts, by days of the log, what speaks for each shift and against it. */
export class ShiftVotes {
  readonly #days = new Map<number, Day>()
  /** The first few minutes of the log with entries of a shift. */
  readonly #minutes = new Map<number, Set<number>>()

  /** Counts an entry whose message was sent `seconds` later than logged; null: at no whole shift, or as logged. */
  add(at: number, seconds: number | null): void {
    const day = this.#dayOf(at)
    day.all += 1
    if (seconds === null) {
      day.against += 1
      return
    }
    const votes = day.shifts.get(seconds) ?? { entries: 0, from: at, to: at }
    day.shifts.set(seconds, {
      entries: votes.entries + 1,
      from: Math.min(votes.from, at),
      to: Math.max(votes.to, at),
    })
    const minutes = this.#minutes.get(seconds) ?? new Set()
    if (minutes.size < LEAST_MINUTES) minutes.add(Math.floor(at / MINUTE_MS))
    this.#minutes.set(seconds, minutes)
  }

  /** The shift of the days with the most entries, and the one an hour from it that other days have. */
  shifts(): readonly TimeShift[] {
    const first = this.#best([...this.#minutes.keys()], new Set())
    if (first === null) return []
    const { seconds } = first.shift
    const second = this.#best([seconds - HOUR_SECONDS, seconds + HOUR_SECONDS], first.days)
    return second === null ? [first.shift] : [first.shift, second.shift]
  }

  #dayOf(at: number): Day {
    const number = Math.floor(at / DAY_MS)
    const day = this.#days.get(number) ?? { against: 0, all: 0, shifts: new Map() }
    this.#days.set(number, day)
    return day
  }

  #best(candidates: readonly number[], left: ReadonlySet<number>): Stretch | null {
    const days = [...this.#days].filter(([day]) => !left.has(day)).toSorted(([a], [b]) => a - b)
    const stretches = candidates
      .filter((seconds) => (this.#minutes.get(seconds)?.size ?? 0) >= LEAST_MINUTES)
      .flatMap((seconds) => bestStretch(days, seconds) ?? [])
    const [best] = stretches.toSorted(
      (a, b) =>
        b.score - a.score ||
        Math.abs(a.shift.seconds) - Math.abs(b.shift.seconds) ||
        a.shift.seconds - b.shift.seconds,
    )
    return best ?? null
  }
}

/** The days one after the other with the largest sum of what speaks for a shift, less what speaks against it. */
function bestStretch(days: readonly (readonly [number, Day])[], seconds: number): Stretch | null {
  let best = { score: 0, begin: 0, end: 0 }
  let current = { score: 0, begin: 0 }
  for (const [index, [, { all, shifts }]] of days.entries()) {
    const entries = shifts.get(seconds)?.entries ?? 0
    const score = current.score + entries - RATIO * (all - entries)
    current = score > 0 ? { ...current, score } : { score: 0, begin: index + 1 }
    if (current.score > best.score) best = { ...current, end: index + 1 }
  }
  const taken = days.slice(best.begin, best.end)
  const votes = taken.flatMap(([, { shifts }]) => shifts.get(seconds) ?? [])
  const entries = votes.reduce((sum, each) => sum + each.entries, 0)
  if (entries < LEAST_ENTRIES) return null
  return {
    shift: {
      seconds,
      entries,
      from: Math.min(...votes.map(({ from }) => from)),
      to: Math.max(...votes.map(({ to }) => to)),
    },
    score: best.score,
    days: new Set(taken.map(([day]) => day)),
  }
}
