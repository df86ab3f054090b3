import fc from 'fast-check'
import { expect, test } from 'vitest'
import type * as Sound from '../../src/index.js'
import { historyPlan } from '../model/plan-arbitraries.js'
import { runHistory } from '../model/run-history.js'
import { steps } from '../model/step-arbitraries.js'
import { MUTANTS } from './mutants.js'

/** The model has to notice a defect within so many histories. */
const HISTORIES = 2000
const SEED = 5

async function load(name: string): Promise<typeof Sound> {
  return (await import(/* @vite-ignore */ `../../src/index.js?mutant=${name}`)) as typeof Sound
}

/** The first faults that an engine is caught with, and after how many histories. */
async function firstFaults(name: string, histories: number): Promise<{ after: number; faults: string[] }> {
  const { createEngine } = await load(name)
  let after = 0
  for (const [plan, taken] of fc.sample(fc.tuple(historyPlan, steps), { numRuns: histories, seed: SEED })) {
    after += 1
    const faults = await runHistory(plan, taken, (sources) => createEngine({ sources })).then(
      (verdict) => verdict.faults(),
      (error: unknown) => [String(error)],
    )
    if (faults.length > 0) return { after, faults }
  }
  return { after, faults: [] }
}

test.each(MUTANTS)('the model notices when $what', async ({ name, noticed }) => {
  const { faults } = await firstFaults(name, HISTORIES)
  expect(faults.join('\n')).toMatch(new RegExp(noticed, 'm'))
})

test('the model finds nothing in the engine itself, loaded the same way', async () => {
  expect(await firstFaults('none', 300)).toEqual({ after: 300, faults: [] })
})
