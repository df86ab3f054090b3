import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arrivalRate, assumedArrivals, observeArrivals } from '../../../src/sync/poll/arrivals.js'
import { planPoll } from '../../../src/sync/poll/poll-interval.js'

const NOW = Date.UTC(2026, 3, 24)
const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
const POLL = { minPollMs: 5000, maxPollMs: 300_000, maxStalenessMs: 30_000 }
const NOTHING = assumedArrivals(0, NOW)

/** So many messages, evenly, the last one now. */
function evenly(count: number, everyMs: number): number[] {
  return Array.from({ length: count }, (_, index) => NOW - (count - 1 - index) * everyMs)
}

describe('how fast messages come', () => {
  it('is shown by the times in a list, whenever it is read', () => {
    const observed = observeArrivals(NOTHING, evenly(100, 2000), 100, NOW)
    expect(arrivalRate(observed, NOW) * MINUTE_MS).toBeCloseTo(30)
  })

  it('is the fastest half of a list, not the average', () => {
    const slow = evenly(100, 60_000).slice(0, 40)
    const observed = observeArrivals(NOTHING, [...slow, ...evenly(60, 1000)], 100, NOW)
    expect(arrivalRate(observed, NOW) * MINUTE_MS).toBeCloseTo(60)
  })

  it('is not seen in a few messages of one second', () => {
    const times = [...evenly(60, 600_000), NOW, NOW, NOW, NOW]
    expect(arrivalRate(observeArrivals(NOTHING, times, 100, NOW), NOW) * MINUTE_MS).toBeLessThan(1)
  })

  it('is seen in the beginning of a burst', () => {
    const observed = observeArrivals(NOTHING, [...evenly(60, 600_000), ...evenly(30, 500)], 100, NOW)
    expect(arrivalRate(observed, NOW) * MINUTE_MS).toBeGreaterThan(100)
  })

  it('is remembered in full for a week, and forgotten slowly', () => {
    const observed = observeArrivals(NOTHING, evenly(100, 1000), 100, NOW)
    const perMinute = (days: number): number => arrivalRate(observed, NOW + days * DAY_MS) * MINUTE_MS
    expect(perMinute(7.9)).toBeCloseTo(60)
    expect(perMinute(9)).toBeCloseTo(30)
    expect(perMinute(18)).toBeLessThan(0.1)
  })

  it('never falls by what is seen, and is bounded in memory', () => {
    const times = fc.array(
      fc.integer({ min: 0, max: 100_000 }).map((seconds) => NOW - seconds * 1000),
      { maxLength: 100 },
    )
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 30 }), (lists) => {
        let known = assumedArrivals(1 / MINUTE_MS, NOW)
        for (const list of lists) {
          const next = observeArrivals(known, list, 100, NOW)
          expect(arrivalRate(next, NOW)).toBeGreaterThanOrEqual(arrivalRate(known, NOW))
          expect(next.sustained.length + next.sudden.length).toBeLessThanOrEqual(16)
          known = next
        }
      }),
    )
  })
})

describe('when to poll next', () => {
  it.each([
    [0, undefined, { intervalMs: 300_000, limit: null }],
    [30, undefined, { intervalMs: 70_000, limit: null }],
    [90, undefined, { intervalMs: 23_333, limit: null }],
    [600, undefined, { intervalMs: 5000, wantedMs: 3500, limit: 'minPollMs' }],
    [90, { requests: 2, perSeconds: 60 }, { intervalMs: 40_000, wantedMs: 23_333, limit: 'rateLimit' }],
    [1, { requests: 1, perSeconds: 3600 }, { intervalMs: 4_800_000, limit: 'rateLimit' }],
  ])('follows from %d messages a minute under the rate limit %j', (perMinute, rateLimit, expected) => {
    const arrivals = assumedArrivals(perMinute / MINUTE_MS, NOW)
    expect(planPoll(arrivals, 100, POLL, rateLimit, 1, NOW)).toMatchObject(expected)
  })
})
