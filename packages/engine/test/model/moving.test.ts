import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyPlan, steps } from './arbitraries.js'
import { runHistory } from './run-history.js'

test('every row that stays where it is comes exactly once, in order, whatever else moves', async () => {
  await fc.assert(
    fc.asyncProperty(historyPlan, steps, async (plan, taken) => {
      const history = await runHistory(plan, taken)
      expect(history.faults()).toEqual([])
    }),
    {
      numRuns: Number(process.env['WAYBILL_HISTORIES'] ?? 2000),
      seed: Number(process.env['WAYBILL_SEED'] ?? 20261121),
    },
  )
}, 600_000)
