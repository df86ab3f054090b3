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

const BY_UPDATE_ASC = { field: 'updatedAt', direction: 'asc' } as const

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
  [
    'rows that had moved to the end marked the place where all others before it were gone',
    {
      history: plan({ rows: 79, ties: 3, cap: 30, tellsPageSize: true }, { seed: 26, sort: BY_UPDATE_ASC }),
      changes: [
        at(5, 'request', { ...change('delete-at-cursor', 0.1268), place: 0.3332 }),
        at(2, 'request', change('delete-near', 0.569)),
        at(5, 'request', { ...change('delete-at-cursor', 0.3196), place: 0.3428 }),
        at(5, 'request', { ...change('delete-at-cursor', 0.0412), place: 0.2124 }),
        at(2, 'request', { ...change('touch'), place: 0.314 }),
        at(5, 'request', { ...change('touch'), place: 0.439 }),
      ],
      answers: [],
      choices: [0.984, 0.638, 0.054],
    },
  ],
  [
    'a repeated page put the end of the list too far, and rows that had moved there marked the place',
    {
      history: plan(
        { rows: 114, ties: 2, cap: 60, lies: [{ kind: 'repeated-page', every: 3 }] },
        { seed: 2147483625, sort: BY_UPDATE_ASC },
      ),
      changes: [
        at(3, 'request', { ...change('lower-cap'), place: 0.76 }),
        at(3, 'request', { ...change('touch'), place: 0.268 }),
        at(3, 'request', { ...change('touch'), place: 0.582 }),
      ],
      answers: [],
      choices: [0],
    },
  ],
  [
    'a page was asked for behind more rows than any list has, where every page number gives the first page',
    {
      history: plan({ rows: 294, ties: 6, lies: [{ kind: 'page-ignored' }] }, { seed: 37468162 }),
      changes: [at(0, 'selected', change('arrive', 0.946))],
      answers: [],
      choices: [0],
    },
  ],
  [
    'equal times that change places hid that every page number gives the first page, in the search for a range',
    {
      history: plan(
        { rows: 36, ties: 2, cap: 30, lies: [{ kind: 'page-ignored' }] },
        { seed: 1007563232, range: { from: null, to: 0.008 } },
      ),
      changes: [
        at(6, 'request', change('arrive', 0.444)),
        at(1, 'counted', { ...change('touch'), place: 0.884 }),
        at(6, 'counted', change('lower-cap')),
      ],
      answers: [],
      choices: [0],
    },
  ],
  [
    'rows that the first page hides were forgotten once the total had changed',
    {
      history: plan(
        {
          rows: 144,
          ties: 2,
          gapSeconds: 200,
          tellsTotal: true,
          lies: [{ kind: 'hidden-rows', shape: 'span', place: 0.002, amount: 0.416 }],
        },
        { seed: 17, sort: BY_UPDATE_ASC },
      ),
      changes: [at(1, 'request', { ...change('delete-at-cursor', 0.273), place: 0.1506 })],
      answers: [],
      choices: [0],
    },
  ],
  [
    'rows that a later page hides were not counted, since equal times on it had changed places',
    {
      history: plan(
        {
          rows: 117,
          ties: 2,
          gapSeconds: 3,
          cap: 60,
          tellsTotal: true,
          lies: [{ kind: 'hidden-rows', shape: 'span', place: 0.203, amount: 0.289 }],
        },
        { seed: 1757654089 },
      ),
      changes: [],
      answers: [],
      choices: [0],
    },
  ],
  [
    'a row that cannot be read was not reported, since it stands at the very end of a range',
    {
      history: plan(
        {
          rows: 93,
          ties: 2,
          gapSeconds: 200,
          cap: 30,
          lies: [
            { kind: 'unreadable-rows', every: 3, tellsId: true },
            { kind: 'sort-ignored', instead: 'id' },
          ],
        },
        {
          seed: 1080061800,
          range: { from: -0.005, to: 0.022 },
          sort: { field: 'createdAt', direction: 'asc' },
        },
      ),
      changes: [],
      answers: [],
      choices: [0],
    },
  ],
  [
    'a page that was cut passed for the last one, since as many rows had come as it seemed to lie too low',
    {
      history: plan(
        { rows: 1206, ties: 2, gapSeconds: 3, cap: 30 },
        { seed: 832175166, range: { from: 0.002, to: 0.635 } },
      ),
      changes: [
        at(4, 'selected', change('arrive', 0.992)),
        at(4, 'request', change('lower-cap')),
        at(0, 'request', change('delete-near', 0.194)),
      ],
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
