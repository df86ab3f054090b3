import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SEED } from '../model/run-history.js'
import { drive } from './drive.js'
import { honestWalk, lyingWalk, type WalkPlan } from './plan-arbitraries.js'

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

test.each([2, 3, 5, 7, 13])(
  'a list with a row without an id every %i rows, and too high a total, is read to an end',
  (every) => {
    const plan: WalkPlan = {
      history: {
        seed: 2041709414,
        filter: [],
        range: null,
        policy: 'PARTIAL',
        direction: 'never',
        upstreams: [
          {
            kind: 'page',
            rows: 483,
            ties: 1,
            gapSeconds: 3,
            skewSeconds: 60,
            cap: 60,
            tellsTotal: true,
            tellsPageSize: true,
            tellsNextPage: true,
            filters: false,
            lies: [
              { kind: 'false-figure', figure: 'total', says: 'more' },
              { kind: 'unreadable-rows', every, tellsId: false },
            ],
            declaredSkewSeconds: 60,
          },
        ],
        sort: { field: 'createdAt', direction: 'asc' },
      },
      changes: [
        {
          page: 0,
          stage: 'request',
          change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0 },
        },
      ],
      answers: [{ rows: 1, pages: null }],
      choices: [0],
    }
    const { judgement, hasEnded, codes } = drive(plan)
    expect(judgement.faults).toEqual([])
    expect(hasEnded).toBe(true)
    expect(codes).toContain('ROW_REJECTED')
  },
)
