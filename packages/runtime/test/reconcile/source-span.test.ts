import type { Doubt } from '@waybill/reconcile'
import { expect, test } from 'vitest'
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
  const { gaps } = spanOf('octo', doubts, RANGE)
  expect(gaps.map(({ from, to }) => [from, to])).toEqual(expected)
})
