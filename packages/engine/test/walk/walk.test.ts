import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../model/run-history.js'
import { drive } from './drive.js'
import { honestWalk, lyingWalk } from './plan-arbitraries.js'

/** How many random walks each test takes; `WAYBILL_WALKS` says another number. */
const WALKS = Number(process.env['WAYBILL_WALKS'] ?? 200)

/** A walk that warns is excused: that has to be rare, or nothing would be proven. */
const MOST_WARNED = 0.05

test.each([
  ['moves', honestWalk],
  ['moves, of a source that lies', lyingWalk],
])('a walk over a table that %s, is exact or warns, and comes to an end', (_what, plans) => {
  fc.assert(
    fc.property(plans, (plan) => {
      const { judgement, hasEnded } = drive(plan)
      expect(judgement.faults).toEqual([])
      expect(hasEnded).toBe(true)
    }),
    { numRuns: WALKS, seed: SEED },
  )
})

test('hardly any walk over a table of an honest source warns', () => {
  const warned = fc
    .sample(honestWalk, { numRuns: WALKS, seed: SEED })
    .filter((plan) => drive(plan).codes.size > 0)
  expect(warned.length).toBeLessThan(MOST_WARNED * WALKS)
})
