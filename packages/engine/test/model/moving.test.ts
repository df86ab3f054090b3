import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyPlan } from './plan-arbitraries.js'
import { HISTORIES, runHistory, SEED } from './run-history.js'
import { steps } from './step-arbitraries.js'
import { TallySheet } from './tally-sheet.js'

/** Of the histories. A source that is warned of is excused: that has to be rare, or nothing would be proven. */
const MOST_FALSE_ALARMS = 0.01

test('every row that does not move is yielded exactly once, in order, whatever else moves', async () => {
  const sheet = new TallySheet()
  await fc.assert(
    fc.asyncProperty(historyPlan, steps, async (plan, taken) => {
      const verdict = await runHistory(plan, taken)
      expect(verdict.faults()).toEqual([])
      sheet.add(plan, verdict)
    }),
    { numRuns: HISTORIES, seed: SEED },
  )
  console.log(`seed ${SEED}: ${sheet.print()}`)
  expect(sheet.falseAlarms).toBeLessThanOrEqual(MOST_FALSE_ALARMS)
})
