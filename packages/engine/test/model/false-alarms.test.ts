import { expect, test } from 'vitest'
import type { HistoryPlan, Step } from './plan.js'
import { runHistory } from './run-history.js'
import { BURST, now, page, plan } from './shorthand.js'

/** Histories of honest upstreams of which something was warned once. */
const FALSE_ALARMS: readonly [what: string, plan: HistoryPlan, steps: readonly Step[]][] = [
  [
    'a quiet list of little more than a page, which tells its total and not the size of its pages',
    plan({ rows: 34, ties: 3, cap: 30, tellsTotal: true }, { seed: 1769909637 }),
    [],
  ],
  [
    'a quiet list with many equal times, which tells its total and not the size of its pages',
    plan(
      {
        rows: 264,
        ties: 10,
        gapSeconds: 200,
        declaredSkewSeconds: 840,
        cap: 30,
        tellsTotal: true,
        tellsNextPage: true,
      },
      { seed: 1033861661 },
    ),
    [],
  ],
  [
    'a list that more rows than a page arrive at',
    plan(
      { rows: 66, ties: 3, skewSeconds: 60, declaredSkewSeconds: 60, tellsTotal: true },
      { seed: 321559336 },
    ),
    [{ do: 'page', first: 50, budget: null, upTo: 0.5 }, now('arrive', BURST)],
  ],
  [
    'a quiet list of dense times whose last page holds few rows',
    plan(
      { rows: 1206, ties: 3, gapSeconds: 3, skewSeconds: 60, declaredSkewSeconds: 900, cap: 60 },
      {
        seed: 132292733,
        direction: 'always',
        range: { from: 0.925, to: null },
        sort: { field: 'createdAt', direction: 'asc' },
      },
    ),
    [],
  ],
  [
    'a list whose total is out of date as soon as it is told',
    plan(
      { rows: 41, ties: 3, declaredSkewSeconds: 840, cap: 30, tellsTotal: true, tellsPageSize: true },
      { seed: 10 },
    ),
    [page(1), now('arrive', BURST)],
  ],
]

test.each(FALSE_ALARMS)('no warning of %s', async (_what, history, steps) => {
  const verdict = await runHistory(history, steps)
  expect([...verdict.codesOf('s0')]).toEqual([])
  expect(verdict.faults()).toEqual([])
})
