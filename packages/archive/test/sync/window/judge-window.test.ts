import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeWindow, type SeenWindow } from '../../../src/sync/window/judge-window.js'

const SEEN: SeenWindow = { polledAt: 1000, newest: 900 }

describe('what a window proves', () => {
  it.each([
    ['not full, the first time: everything since the beginning', null, [500, 700], false, 0, null],
    ['full, the first time: what is newer than its oldest', null, [500, 700], true, 501, null],
    ['full, and it reaches behind what was known', SEEN, [899, 1500], true, 900, null],
    [
      'full, and its oldest is as old as what was known',
      SEEN,
      [900, 1500],
      true,
      901,
      { from: 900, to: 900 },
    ],
    ['full, and all of it is newer', SEEN, [1300, 1500], true, 1301, { from: 900, to: 1300 }],
    ['not full: nothing can have left it', SEEN, [1300, 1500], false, 1000, null],
    ['empty, where there was something', SEEN, [], false, 1000, null],
    [
      'full, where there was nothing',
      { polledAt: 1000, newest: null },
      [1300, 1500],
      true,
      1301,
      { from: 1000, to: 1300 },
    ],
  ])('%s', (_, before, times, isFull, from, gap) => {
    expect(judgeWindow(before, { polledAt: 2000, times, isFull, overlaps: true })).toMatchObject({
      coverage: { from, to: 2000 },
      gap,
    })
  })

  it('is not blinded by a time in the far future', () => {
    const day = 86_400_000
    const first = judgeWindow(null, {
      polledAt: 10 * day,
      times: [10 * day, 400 * day],
      isFull: true,
      overlaps: false,
    })
    const { gap } = judgeWindow(first.seen, {
      polledAt: 11 * day,
      times: [11 * day, 400 * day],
      isFull: true,
      overlaps: true,
    })
    expect(gap).toEqual({ from: 10 * day, to: 11 * day })
  })

  it('tells a gap since the last poll where a full window has no known message, whatever the times say', () => {
    const before = { polledAt: 1000, newest: 9000 }
    const verdict = judgeWindow(before, {
      polledAt: 2000,
      times: [1300, 1500],
      isFull: true,
      overlaps: false,
    })
    expect(verdict).toMatchObject({ coverage: { from: 1301, to: 2000 }, gap: { from: 1000, to: 1300 } })
  })

  it('says that nothing is missing only where nothing is, whatever arrives between two polls, and covers just that', () => {
    const capacity = 5
    const arrivals = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 8 }), { maxLength: 12 })
    fc.assert(
      fc.property(arrivals, (polls) => {
        const stored = new Set<number>()
        const all: { readonly id: number; readonly time: number }[] = []
        const gaps: { readonly from: number; readonly to: number }[] = []
        let seen: SeenWindow | null = null
        let covered: { from: number; to: number } | null = null
        let clock = 100
        for (const steps of polls) {
          for (const step of steps) {
            clock += step
            all.push({ id: all.length, time: clock })
          }
          clock += 1
          // Within one time a window may leave out any of the messages.
          const window = all.toSorted((a, b) => b.time - a.time || a.id - b.id).slice(0, capacity)
          const overlaps = window.some(({ id }) => stored.has(id))
          for (const { id } of window) stored.add(id)
          const times = window.map(({ time }) => time)
          const isFull = window.length >= capacity
          const verdict = judgeWindow(seen, { polledAt: clock, times, isFull, overlaps })
          if (verdict.gap !== null) gaps.push(verdict.gap)
          const from: number =
            covered !== null && verdict.coverage.from <= covered.to ? covered.from : verdict.coverage.from
          covered = { from, to: verdict.coverage.to }
          seen = verdict.seen
        }
        const missing = all.filter(({ id, time }) => {
          const isKnownGap = gaps.some((gap) => gap.from <= time && time <= gap.to)
          return covered !== null && time >= covered.from && !stored.has(id) && !isKnownGap
        })
        expect(missing).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })
})
