import type { Random } from '../random/random.js'

/** When generated messages were recorded. */
export interface TimeOptions {
  /** The time of the last one, in milliseconds since the epoch; default 2026-04-24T12:34:56Z. */
  readonly endAt?: number
  /** How long before it the first one is at the earliest, in milliseconds; default 30 days. */
  readonly spanMs?: number
  /** The share of messages recorded in the same second as the one before them, at least; 0…1, default 0.15. */
  readonly tieDensity?: number
}

const END_AT = Date.UTC(2026, 3, 24, 12, 34, 56)
const DAY_MS = 24 * 60 * 60 * 1000

/** Ascending times in whole seconds, irregular as real traffic is; the last one is `endAt`. */
export function spreadTimes(count: number, options: TimeOptions, random: Random): Float64Array {
  const { endAt = END_AT, spanMs = 30 * DAY_MS, tieDensity = 0.15 } = options
  const times = new Float64Array(count)
  let elapsed = 0
  for (let position = 0; position < count; position++) {
    const gap = random.chance(tieDensity) ? 0 : -Math.log(1 - random.next())
    elapsed += gap
    times[position] = elapsed
  }
  const scale = elapsed === 0 ? 0 : spanMs / elapsed
  return times.map((time) => Math.floor((endAt - (elapsed - time) * scale) / 1000) * 1000)
}

const NOON = Date.UTC(2026, 3, 24, 12)

/** When the plain row of an id was made: as many seconds after noon of a fixed day. */
export function plainTime(id: number): number {
  return NOON + id * 1000
}
