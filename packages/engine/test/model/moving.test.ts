import fc from 'fast-check'
import { expect, test } from 'vitest'
import { historyPlan, steps } from './arbitraries.js'
import { runHistory } from './run-history.js'

const HISTORIES = Number(process.env['WAYBILL_HISTORIES'] ?? 2000)
const SEED = Number(process.env['WAYBILL_SEED'] ?? 20261121)

test('every row that stays where it is comes exactly once, in order, whatever else moves', async () => {
  const sum = { histories: 0, answers: 0, sources: 0, stable: 0, doubted: 0, dropped: 0 }
  await fc.assert(
    fc.asyncProperty(historyPlan, steps, async (plan, taken) => {
      const verdict = await runHistory(plan, taken)
      expect(verdict.faults()).toEqual([])
      sum.histories += 1
      sum.answers += verdict.answers
      sum.sources += plan.upstreams.length
      sum.stable += verdict.stable
      sum.doubted += verdict.doubted.size
      sum.dropped += verdict.dropped.size
    }),
    { numRuns: HISTORIES, seed: SEED },
  )
  console.log(`seed ${SEED}: ${JSON.stringify(sum)}`)
  // A source that says that rows may be missing is excused: that has to be rare, or nothing would be proven.
  expect(sum.doubted / sum.sources).toBeLessThan(0.02)
}, 600_000)
