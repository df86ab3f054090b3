import fc from 'fast-check'
import { expect, test } from 'vitest'

import { lyingHistoryPlan } from './lie-arbitraries.js'
import { HISTORIES, runHistory, SEED } from './run-history.js'
import { steps } from './step-arbitraries.js'
import { TallySheet } from './tally-sheet.js'

/** Together with the histories of honest upstreams, honest ones keep more than half of the weight. */
const LYING_HISTORIES = Math.ceil(HISTORIES / 2)
const MOST_FALSE_ALARMS = 0.01

test('what an upstream lies about is corrected or reported, and the others are read as ever', async () => {
  const sheet = new TallySheet()
  await fc.assert(
    fc.asyncProperty(lyingHistoryPlan, steps, async (plan, taken) => {
      const verdict = await runHistory(plan, taken)
      expect(verdict.faults()).toEqual([])
      sheet.add(plan, verdict)
    }),
    { numRuns: LYING_HISTORIES, seed: SEED },
  )
  console.log(`seed ${SEED}: ${sheet.print()}`)
  expect(sheet.falseAlarms).toBeLessThanOrEqual(MOST_FALSE_ALARMS)
})
