import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubtsOfHistory, type KnownHistory } from '../src/index.js'

const range = fc
  .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 10 }))
  .map(([from, length]) => ({
    from,
    to: from + length,
  }))
const known: fc.Arbitrary<KnownHistory> = fc.record({
  source: fc.constant('shop'),
  coverage: fc.array(range, { maxLength: 3 }),
  gaps: fc.array(range, { maxLength: 2 }),
  proven: fc.option(fc.array(range, { maxLength: 3 })),
  settledUntil: fc.option(fc.integer({ min: 0, max: 40 })),
})

const within = (at: number, ranges: readonly { from: number | null; to: number | null }[]): boolean =>
  ranges.some(({ from, to }) => (from ?? -Infinity) <= at && at <= (to ?? Infinity))

test('a point in time is beyond doubt where it is covered, outside of gaps, proven and settled, and only there', () => {
  fc.assert(
    fc.property(known, fc.integer({ min: -2, max: 45 }), (history, at) => {
      const { coverage, gaps, proven, settledUntil } = history
      const isNew = settledUntil === null || at > settledUntil
      const isOld =
        coverage.length > 0 &&
        coverage.every(({ from }) => at < from) &&
        coverage.some(({ from }) => from <= 0)
      const isCovered = isOld || (within(at, coverage) && (proven === null || within(at, proven)))
      expect(within(at, doubtsOfHistory(history))).toBe(!isCovered || within(at, gaps) || isNew)
    }),
    { numRuns: 5000, seed: 1 },
  )
})

test('the reasons are those of the spans', () => {
  const day = { from: 100, to: 900 }
  const doubts = doubtsOfHistory({
    source: 'shop',
    coverage: [day, { from: 950, to: 1000 }],
    gaps: [{ from: 300, to: 320 }],
    proven: [{ from: 100, to: 990 }],
    settledUntil: 980,
    because: 'UNPROVEN',
  })
  expect(doubts.map(({ because, from, to }) => [because, from, to])).toEqual([
    ['UNPROVEN', null, null],
    ['BEYOND_REACH', null, 99],
    ['GAP', 300, 320],
    ['GAP', 901, 949],
    ['UNPROVEN', 991, 1000],
    ['NOT_SETTLED', 981, null],
  ])
})
