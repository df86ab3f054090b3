import { expect, test } from 'vitest'
import { measureDays } from './measure-days.js'

const DAYS = Number(process.env['WAYBILL_DAYS'] ?? 1)
const SEED = Number(process.env['WAYBILL_SEED'] ?? 7)
/** The hours between two nights' comparisons, and the poll after it. */
const A_NIGHT_MIN = 24 * 60 + 15

test.each([{ totals: true }, { totals: false }])(
  'what happens to messages of the last days is seen within a day at the latest, at a bounded cost (counted: $totals)',
  async ({ totals }) => {
    const { requestsPerDay, seen } = await measureDays(DAYS, SEED, totals)
    const told = { days: DAYS, seed: SEED, totals, requestsPerDay, seen: Object.fromEntries(seen) }
    console.log(JSON.stringify(told, null, 1))
    for (const [kind, { latest }] of seen) {
      // Deep in the past it is the count that tells, or the comparison of everything.
      if (!kind.includes('old')) expect.soft(latest, kind).toBeLessThanOrEqual(A_NIGHT_MIN)
    }
    expect(seen.get('changes')?.median).toBeLessThanOrEqual(5)
    // Two a poll, and the comparisons.
    expect(requestsPerDay).toBeLessThan(288 * 2 * 3)
  },
)
