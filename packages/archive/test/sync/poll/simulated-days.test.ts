import { describe, expect, it } from 'vitest'
import { type Arrivals, assumedArrivals, observeArrivals } from '../../../src/sync/poll/arrivals.js'
import { planPoll } from '../../../src/sync/poll/poll-interval.js'
import { judgeWindow, type SeenWindow, type WindowVerdict } from '../../../src/sync/window/judge-window.js'
import { DAY_MS, fewestPolls, randomDay } from '../../support/traffic.js'

const CAPACITY = 100
const POLL = { minPollMs: 5000, maxPollMs: 300_000, maxStalenessMs: 30_000 }
const RATE_LIMIT = { requests: 60, perSeconds: 60 }
const BURST = 90 / 60_000
const FROM = Date.UTC(2026, 3, 24)
const DAYS = 40

interface Day {
  readonly polls: number
  readonly gaps: number
  /** The most messages that came between two polls. */
  readonly mostReplaced: number
  readonly shortestMs: number
}

/** Polls through a day as a sync does, by the clock of the simulation. */
function simulate(times: readonly number[]): Day {
  let arrivals: Arrivals = assumedArrivals(BURST, FROM)
  let seen: SeenWindow | null = null
  let day: Day = { polls: 0, gaps: 0, mostReplaced: 0, shortestMs: Number.POSITIVE_INFINITY }
  let listed = 0
  for (let now = FROM; now < FROM + DAY_MS;) {
    const before = listed
    while ((times[listed] ?? Number.POSITIVE_INFINITY) <= now) listed += 1
    const window = times.slice(Math.max(0, listed - CAPACITY), listed)
    const isFull = window.length >= CAPACITY
    const stillListed = Math.max(0, before - (listed - window.length))
    const [known, unknown] = [window.slice(0, stillListed), window.slice(stillListed)]
    const verdict: WindowVerdict = judgeWindow(seen, { polledAt: now, known, unknown, isFull })
    arrivals = observeArrivals(arrivals, window, CAPACITY, now)
    const { intervalMs } = planPoll(arrivals, CAPACITY, POLL, RATE_LIMIT, 1, now)
    day = {
      polls: day.polls + 1,
      gaps: day.gaps + (verdict.gap === null ? 0 : 1),
      mostReplaced: Math.max(day.mostReplaced, listed - before),
      shortestMs: Math.min(day.shortestMs, intervalMs),
    }
    seen = verdict.seen
    now += intervalMs
  }
  return day
}

describe('a day of random traffic with bursts of up to 90 messages a minute', () => {
  it('leaves no gap, replaces no more than half of a window, and keeps within the budget', () => {
    const days = Array.from({ length: DAYS }, (_, index) => randomDay(index + 1, FROM))
    const simulated = days.map(simulate)
    expect(simulated.map((day) => day.gaps)).toEqual(days.map(() => 0))
    expect(Math.max(...simulated.map((day) => day.mostReplaced))).toBeLessThanOrEqual(CAPACITY / 2)
    // Three quarters of 60 requests in 60 seconds.
    expect(Math.min(...simulated.map((day) => day.shortestMs))).toBeGreaterThanOrEqual(5000)
    const polls = simulated.reduce((sum, day) => sum + day.polls, 0) / DAYS
    const fewest =
      days.reduce((sum, times) => sum + fewestPolls(times, FROM, CAPACITY, POLL.maxPollMs), 0) / DAYS
    // Who does not know the future has to be ready for a burst at any time: half a window takes 33 seconds then.
    const blind = DAY_MS / (CAPACITY / 2 / BURST)
    console.info(
      `${DAYS} days, on average: ${Math.round(polls)} polls; ${Math.round(blind)} at least without knowing when a ` +
        `burst comes; ${Math.round(fewest)} for one who knows it.`,
    )
    expect(polls).toBeLessThan(2 * blind)
    expect(fewest).toBeLessThan(blind)
  })
})
