/** A rate at which messages came, and when. */
export interface Peak {
  /** Messages a millisecond. */
  readonly rate: number
  /** When the messages that show it had come, in milliseconds since the epoch. */
  readonly at: number
}

/** The rates that still have to be reckoned with. A plain value: it is kept between two polls. */
export interface Arrivals {
  /** Shown by half a list of messages, or taken for granted at the start. Remembered for days. */
  readonly sustained: readonly Peak[]
  /** Shown by a few messages, so that a burst is met while it begins. Remembered for minutes. */
  readonly sudden: readonly Peak[]
}

interface Memory {
  /** How long a peak counts in full, in milliseconds. */
  readonly holdMs: number
  /** After that, how long until it counts for half. */
  readonly halfLifeMs: number
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** What happens once a week is remembered until it happens again. */
const SUSTAINED: Memory = { holdMs: 8 * DAY_MS, halfLifeMs: DAY_MS }
const SUDDEN: Memory = { holdMs: 5 * MINUTE_MS, halfLifeMs: 5 * MINUTE_MS }

/** Upstreams tell whole seconds: messages of one second came within one. */
const RESOLUTION_MS = 1000

const MOST_PEAKS = 8

/**
 * What is known of a source before anything was seen of it.
 *
 * @param rate messages a millisecond that may come out of nothing
 */
export function assumedArrivals(rate: number, now: number): Arrivals {
  return { sustained: rate > 0 ? [{ rate, at: now }] : [], sudden: [] }
}

/**
 * Learns from the times of the messages that a list shows: the list itself tells how fast they came, whenever it was
 * asked for.
 *
 * @param times when the listed messages were sent, in milliseconds since the epoch, in any order
 * @param capacity how many messages a full list holds
 */
export function observeArrivals(
  known: Arrivals,
  times: readonly number[],
  capacity: number,
  now: number,
): Arrivals {
  const sorted = times.toSorted((a, b) => a - b)
  return {
    sustained: remember(known.sustained, fastest(sorted, Math.ceil(capacity / 2)), SUSTAINED, now),
    sudden: remember(known.sudden, fastest(sorted, Math.ceil(capacity / 4)), SUDDEN, now),
  }
}

/** The highest rate that still has to be reckoned with, in messages a millisecond; 0 where nothing was seen. */
export function arrivalRate(arrivals: Arrivals, now: number): number {
  const rates = (peaks: readonly Peak[], memory: Memory): number[] =>
    peaks.map((peak) => faded(peak, memory, now))
  return Math.max(0, ...rates(arrivals.sustained, SUSTAINED), ...rates(arrivals.sudden, SUDDEN))
}

/** The highest rates that any `count` messages in a row show, each the last of its height. */
function fastest(sorted: readonly number[], count: number): Peak[] {
  const peaks: Peak[] = []
  for (let last = sorted.length - 1; last >= count; last -= 1) {
    const [from, to] = [sorted[last - count] ?? 0, sorted[last] ?? 0]
    const rate = count / Math.max(RESOLUTION_MS, to - from)
    if (rate > (peaks.at(-1)?.rate ?? 0)) peaks.push({ rate, at: to })
  }
  return peaks
}

/** A peak that is no higher than a later one will never count. */
function remember(known: readonly Peak[], seen: readonly Peak[], memory: Memory, now: number): Peak[] {
  const kept: Peak[] = []
  const latestFirst = [...known, ...seen].toSorted((a, b) => b.at - a.at || b.rate - a.rate)
  for (const peak of latestFirst) {
    const matters = faded(peak, memory, now) > peak.rate / 1000
    if (matters && peak.rate > (kept.at(-1)?.rate ?? 0)) kept.push(peak)
  }
  return kept.length <= MOST_PEAKS ? kept : highest(kept)
}

function highest(peaks: readonly Peak[]): Peak[] {
  return peaks.toSorted((a, b) => b.rate - a.rate).slice(0, MOST_PEAKS)
}

function faded({ rate, at }: Peak, { holdMs, halfLifeMs }: Memory, now: number): number {
  return rate * 0.5 ** (Math.max(0, now - at - holdMs) / halfLifeMs)
}
