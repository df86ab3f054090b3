import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as sound from '../../src/index.js'
import { CASES } from './cases.js'
import { worldPlan } from './plan.js'
import { newScore, reconcileInTwo, reconcileWorld, runWorld, SEED, WORLDS } from './run-world.js'
import { buildWorld } from './world.js'

/** Ten times what a world takes on a slow machine. */
const timeout = 60_000 + WORLDS * 100

test('no finding about a planted world is false', { timeout }, async () => {
  const score = newScore()
  await fc.assert(
    fc.asyncProperty(worldPlan, async (plan) => {
      expect(await runWorld(plan, sound, score)).toEqual([])
    }),
    { numRuns: WORLDS, seed: SEED },
  )
  expect(score.matchable).toBeGreaterThan(WORLDS)
  expect(score.right / score.matched).toBeGreaterThanOrEqual(0.999)
  expect(score.found / score.matchable).toBeGreaterThanOrEqual(0.995)
  if (process.env['WAYBILL_HISTORIES']) console.log(score)
})

test('no finding about a world that is rare among random ones is false', async () => {
  for (const plan of CASES) expect(await runWorld(plan, sound, newScore())).toEqual([])
})

test('a second run, and one that was interrupted, find the same', { timeout }, async () => {
  await fc.assert(
    fc.asyncProperty(worldPlan, async (plan) => {
      const world = buildWorld(plan)
      const once = JSON.stringify(await reconcileWorld(world, sound))
      expect(JSON.stringify(await reconcileWorld(world, sound))).toBe(once)
      expect(JSON.stringify(await reconcileInTwo(world, sound, plan.interruptedAt))).toBe(once)
    }),
    { numRuns: WORLDS, seed: SEED },
  )
})
