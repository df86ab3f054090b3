import type { Doubt } from '@waybill/reconcile'
import { expect, test } from 'vitest'
import { judgedRange } from '../../src/reconcile/range-to-read.js'
import { spanOf } from '../../src/reconcile/source-span.js'

const RANGE = { from: 1000, to: 9000 }

function gap(from: number, to: number, source = 'octo'): Doubt {
  return { source, because: 'GAP', from, to }
}

test.each([
  ['that overlap', [gap(3000, 5000), gap(3500, 5000)], [[3000, 5000]]],
  ['one within another, out of order', [gap(4000, 4500), gap(2000, 6000)], [[2000, 6000]]],
  ['that touch', [gap(2000, 2999), gap(3000, 4000)], [[2000, 4000]]],
  [
    'apart from each other',
    [gap(5000, 6000), gap(2000, 2998)],
    [
      [2000, 2998],
      [5000, 6000],
    ],
  ],
  ['that go beyond the log', [gap(0, 1500), gap(1400, 2000), gap(9500, 9900)], [[1000, 2000]]],
  ['of another source', [gap(2000, 3000, 'shop')], []],
])('the gaps of a source are listed once: %s', (_, doubts, expected) => {
  const { gaps } = spanOf('octo', doubts, { judged: RANGE, deciding: RANGE })
  expect(gaps.map(({ from, to }) => [from, to])).toEqual(expected)
})

test('a span ends where judging ends, and a gap counts as far as a message of an entry may be', () => {
  const settings = { window: { beforeMs: 100, afterMs: 500 }, since: 2000, until: 7000 }
  const ranges = judgedRange(RANGE, settings)
  expect(ranges).toEqual({ judged: { from: 2000, to: 7000 }, deciding: { from: 1900, to: 7500 } })
  const near = spanOf('octo', [gap(7200, 8000)], ranges)
  expect(near).toMatchObject({
    from: 2000,
    to: 7000,
    completeness: 'HAS_GAPS',
    gaps: [{ from: 7200, to: 7500 }],
  })
  expect(spanOf('octo', [gap(7501, 8000)], ranges)).toMatchObject({ completeness: 'COMPLETE', gaps: [] })
  expect(judgedRange(RANGE, {})).toEqual({ judged: RANGE, deciding: RANGE })
})
