import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../model/run-history.js'
import { drive } from './drive.js'
import { honestWalk, lyingWalk, type WalkPlan } from './plan-arbitraries.js'

const WALKS = Number(process.env['WAYBILL_WALKS'] ?? 600)

test.each([
  ['moves', honestWalk],
  ['moves and lies', lyingWalk],
])('a walk over a table that %s is exact or says that it is not, and comes to an end', (_what, plans) => {
  fc.assert(
    fc.property(plans, (plan: WalkPlan) => {
      const { judgement, hasEnded } = drive(plan)
      expect(judgement.faults).toEqual([])
      expect(hasEnded).toBe(true)
    }),
    { numRuns: WALKS, seed: SEED },
  )
})

test('no walk over an honest table that moves warns of anything, but for one in a hundred', () => {
  const plans = fc.sample(honestWalk, { numRuns: WALKS, seed: SEED })
  const warned = plans.filter((plan) => drive(plan).codes.size > 0)
  expect(warned.length).toBeLessThan(WALKS / 100)
})
