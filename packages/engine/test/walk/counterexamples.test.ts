import { expect, test } from 'vitest'
import type { Change, UpstreamPlan } from '../model/plan.js'
import { change, plan } from '../model/shorthand.js'
import { drive } from './drive.js'
import type { AnswerPlan, TimedChange, WalkPlan } from './plan-arbitraries.js'

function at(page: number, stage: TimedChange['stage'], what: Change): TimedChange {
  return { page, stage, change: what }
}

function rows(...counts: readonly number[]): AnswerPlan[] {
  return counts.map((count) => ({ rows: count, pages: null }))
}

function namelessEvery(every: number): UpstreamPlan['lies'][number] {
  return { kind: 'unreadable-rows', every, tellsId: false }
}

/** Walks that once went wrong, each with what was wrong then. */
const COUNTEREXAMPLES: readonly [was: string, walk: WalkPlan][] = [
  [
    'rows repeated where the server lowered its limit twice, and a page behind the end was one from far above',
    {
      history: plan({ rows: 338, ties: 6, tellsNextPage: true }),
      changes: [
        at(9, 'counted', change('lower-cap')),
        at(4, 'request', { ...change('delete-at-cursor'), place: 0.668 }),
        at(0, 'selected', change('lower-cap')),
        at(9, 'counted', change('delete')),
      ],
      answers: [...rows(100, 50), { rows: 20, pages: 1 }, ...rows(7, 7)],
      choices: [0.016, 0.738, 0.98, 0.716, 0.824],
    },
  ],
  [
    'pages of read rows only were passed over without end, in a list that hides most of its rows',
    {
      history: plan({
        rows: 245,
        tellsNextPage: true,
        lies: [{ kind: 'hidden-rows', shape: 'share', place: 0.787, amount: 0.981 }],
      }),
      changes: [at(7, 'request', change('arrive', 0.967))],
      answers: rows(50),
      choices: [0],
    },
  ],
  [
    'pages of read rows only were passed over without end, where every page is the first',
    {
      history: plan({ rows: 240, ties: 6, lies: [{ kind: 'page-ignored' }] }, { seed: 3 }),
      changes: [at(11, 'selected', change('arrive', 0.987))],
      answers: [{ rows: 500, pages: 1 }],
      choices: [0],
    },
  ],
  [
    'a tie was lost above a page that shared rows without an id, which were counted as ties',
    {
      history: plan(
        { rows: 226, ties: 10, cap: 60, tellsNextPage: true, lies: [namelessEvery(3)] },
        { seed: 414963440 },
      ),
      changes: [at(4, 'request', change('arrive')), at(3, 'request', change('arrive'))],
      answers: rows(1),
      choices: [0.834],
    },
  ],
  [
    'a tie was lost where a cursor stood behind rows that cannot be read, and forgot their time',
    {
      history: plan(
        {
          rows: 216,
          ties: 10,
          cap: 40,
          tellsNextPage: true,
          lies: [{ kind: 'unreadable-rows', every: 3, tellsId: true }],
        },
        { seed: 2077970398, sort: { field: 'createdAt', direction: 'asc' } },
      ),
      changes: [at(0, 'request', change('arrive'))],
      answers: [{ rows: 100, pages: 1 }],
      choices: [0],
    },
  ],
  [
    'a cut page passed for the last one, since two rows without an id were taken for one',
    {
      history: plan({ rows: 138, cap: 30, lies: [namelessEvery(3)] }, { range: { from: -0.1, to: 0.347 } }),
      changes: [at(2, 'request', change('lower-cap'))],
      answers: [],
      choices: [0],
    },
  ],
]

test.each(COUNTEREXAMPLES)('no more: %s', (_was, walk) => {
  const { judgement, hasEnded } = drive(walk)
  expect(judgement.faults).toEqual([])
  expect(hasEnded).toBe(true)
})
