import type { HistoryPlan, Step } from './plan.js'
import { atCursor, now, page, plan, SKEWED } from './shorthand.js'

const BY_UPDATE = { sort: { field: 'updatedAt', direction: 'desc' } } as const

/** Histories of upstreams that lie which once went wrong, each with what was wrong then. */
export const LYING_COUNTEREXAMPLES: readonly [was: string, plan: HistoryPlan, steps: readonly Step[]][] = [
  [
    'a list in which every third page repeats the one before was read without end',
    plan(
      {
        rows: 89,
        ties: 2,
        cap: 30,
        tellsTotal: true,
        tellsPageSize: true,
        tellsNextPage: true,
        lies: [{ kind: 'repeated-page', every: 3 }],
      },
      BY_UPDATE,
    ),
    [],
  ],
  [
    'a list that tells half the size of its pages was read without end',
    plan(
      {
        rows: 127,
        ties: 2,
        ...SKEWED,
        cap: 60,
        tellsPageSize: true,
        tellsNextPage: true,
        lies: [{ kind: 'false-figure', figure: 'pageSize', says: 'less' }],
      },
      { seed: 2, filter: [{ field: 'status', operator: 'eq', values: ['READ'] }] },
    ),
    [],
  ],
  [
    'a page of nothing but rows that cannot be read was passed over without a word',
    plan(
      { rows: 4, ties: 2, gapSeconds: 3, lies: [{ kind: 'unreadable-rows', every: 3, tellsId: false }] },
      { ...BY_UPDATE, filter: [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }] },
    ),
    [],
  ],
  [
    'a row that cannot be read was not told of, since no other of its conversation is in the list',
    plan(
      {
        rows: 8,
        ties: 6,
        cap: 30,
        tellsTotal: true,
        tellsPageSize: true,
        filters: true,
        lies: [{ kind: 'unreadable-rows', every: 3, tellsId: true }],
      },
      { filter: [{ field: 'interactionId', operator: 'eq', values: ['3'] }], direction: 'always' },
    ),
    [],
  ],
  [
    'the last rows were lost where a third of all could not be read',
    plan(
      {
        rows: 224,
        ties: 3,
        gapSeconds: 3,
        skewSeconds: 60,
        declaredSkewSeconds: 60,
        cap: 60,
        tellsPageSize: true,
        lies: [{ kind: 'unreadable-rows', every: 3, tellsId: false }],
      },
      { seed: 19 },
    ),
    [],
  ],
  [
    'a list that tells too many pages was said to pass over the page number',
    plan(
      {
        rows: 216,
        ties: 2,
        declaredSkewSeconds: 60,
        tellsTotal: true,
        lies: [{ kind: 'false-figure', figure: 'lastPage', says: 'more' }],
      },
      { ...BY_UPDATE, direction: 'always' },
    ),
    [
      { do: 'page', first: 500, budget: null, upTo: 0.5 },
      { do: 'schedule', stage: 'request', change: { kind: 'lower-cap', upstream: 0, place: 0, amount: 0 } },
    ],
  ],
  [
    'rows of another direction came, since the first answer could not afford to check',
    plan(
      {
        rows: 322,
        ties: 2,
        ...SKEWED,
        tellsPageSize: true,
        lies: [{ kind: 'direction-ignored', afterRequests: 0 }],
      },
      { filter: [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }] },
    ),
    [page(20, 1), atCursor(0, 0)],
  ],
  [
    'a list by cursors that is turned round was not noticed, since no page of it departs by more than the skew',
    plan(
      {
        kind: 'cursor',
        rows: 504,
        ties: 3,
        gapSeconds: 3,
        ...SKEWED,
        cap: 60,
        filters: true,
        lies: [{ kind: 'sort-ignored', instead: 'reversed' }],
      },
      { seed: 936906421, filter: [{ field: 'status', operator: 'ne', values: ['READ'] }] },
    ),
    [page(50)],
  ],
  ...[90, 95, 130, 504].map((rows): [string, HistoryPlan, readonly Step[]] => [
    `rows that are hidden from a list of ${rows} by time of update were taken for rows that had moved to its head`,
    plan(
      {
        rows,
        tellsTotal: true,
        lies: [{ kind: 'hidden-rows', shape: 'span', place: 0.922, amount: 0.293 }],
      },
      BY_UPDATE,
    ),
    [],
  ]),
  [
    'a page behind a short one that shares too few rows with it was taken for the end',
    plan({
      rows: 251,
      ties: 3,
      skewSeconds: 60,
      declaredSkewSeconds: 60,
      tellsNextPage: true,
      lies: [{ kind: 'hidden-rows', shape: 'few', place: 0.479, amount: 0.996 }],
    }),
    [],
  ],
  [
    'a row without an id passed for a new one, and the page for the last',
    plan({
      rows: 209,
      cap: 40,
      tellsNextPage: true,
      lies: [
        { kind: 'unreadable-rows', every: 3, tellsId: false },
        { kind: 'hidden-rows', shape: 'span', place: 0.218, amount: 0.438 },
      ],
    }),
    [],
  ],
  [
    'the same page was read again and again, since pages of other sizes began near each other',
    plan(
      {
        rows: 14,
        lies: [{ kind: 'page-ignored' }, { kind: 'direction-ignored', afterRequests: 9 }],
      },
      { direction: 'sometimes', policy: 'PARTIAL', sort: { field: 'updatedAt', direction: 'asc' } },
    ),
    [],
  ],
  [
    'a page by cursor that begins with the row it was asked for behind was read again in the next answer',
    plan({ kind: 'cursor', rows: 8, lies: [{ kind: 'stuck-cursor', afterRows: 5 }] }, { policy: 'PARTIAL' }),
    [page(7), page(2), { do: 'fail', upstream: 0, fault: { code: 'UPSTREAM_RATE_LIMITED', late: false } }],
  ],
  ...[1, 3, 13].flatMap((afterRows): [string, HistoryPlan, readonly Step[]][] => [
    [
      `a page by cursor that lacks the row it was asked for behind was taken for new, from row ${afterRows} on`,
      plan(
        { kind: 'cursor', rows: 146, ties: 2, gapSeconds: 200, lies: [{ kind: 'stuck-cursor', afterRows }] },
        { policy: 'PARTIAL' },
      ),
      [page(40), page(1), { do: 'fail', upstream: 0, fault: { code: 'UPSTREAM_UNAVAILABLE', late: false } }],
    ],
    ...(['asc', 'desc'] as const).flatMap((direction) =>
      (['createdAt', 'updatedAt'] as const).map((field): [string, HistoryPlan, readonly Step[]] => [
        `rows came again from row ${afterRows} on when the one at the cursor was gone, by ${field} ${direction}`,
        plan(
          {
            kind: 'cursor',
            rows: 447,
            ties: 2,
            gapSeconds: 3,
            skewSeconds: 60,
            declaredSkewSeconds: 900,
            cap: 60,
            filters: true,
            lies: [
              { kind: 'stuck-cursor', afterRows },
              { kind: 'lasting-error', afterRequests: 2 },
            ],
          },
          { seed: 16, policy: 'PARTIAL', sort: { field, direction } },
        ),
        [page(20), atCursor(0, 0), now('arrive')],
      ]),
    ),
  ]),
  [
    'one of many rows came again, since only few were remembered',
    plan(
      { kind: 'cursor', rows: 146, lies: [{ kind: 'stuck-cursor', afterRows: 3 }] },
      { policy: 'PARTIAL' },
    ),
    [page(99), page(1), { do: 'fail', upstream: 0, fault: { code: 'UPSTREAM_TIMEOUT', late: false } }],
  ],
  [
    'a row came again that was read several answers before',
    plan(
      { kind: 'cursor', rows: 146, lies: [{ kind: 'stuck-cursor', afterRows: 5 }] },
      { policy: 'PARTIAL' },
    ),
    [
      ...[1, 1, 1, 1, 1, 1].map((first) => page(first)),
      now('arrive', 0.5),
      page(1),
      { do: 'fail', upstream: 0, fault: { code: 'UPSTREAM_TIMEOUT', late: false } },
    ],
  ],
  ...([2, 3, 4, 5, 6, 7, 8] as const).flatMap((afterRequests): [string, HistoryPlan, readonly Step[]][] =>
    (['createdAt', 'updatedAt'] as const).flatMap((field) =>
      (['always', 'never'] as const).map((direction): [string, HistoryPlan, readonly Step[]] => [
        `a source passed over the direction from request ${afterRequests} on and failed before that was seen, by ${field}, direction ${direction}`,
        plan(
          {
            rows: 201,
            ties: 3,
            declaredSkewSeconds: 840,
            cap: 30,
            lies: [
              { kind: 'direction-ignored', afterRequests },
              { kind: 'lasting-error', afterRequests: afterRequests + 1 },
            ],
          },
          {
            policy: 'PARTIAL',
            direction,
            filter:
              direction === 'always' ? [] : [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }],
            sort: { field, direction: 'asc' },
          },
        ),
        [page(1), page(1)],
      ]),
    ),
  ),
  [
    'a source of which the page is ignored as well failed with rows of another direction',
    plan(
      {
        rows: 201,
        ties: 3,
        declaredSkewSeconds: 840,
        cap: 30,
        lies: [{ kind: 'direction-ignored', afterRequests: 5 }, { kind: 'page-ignored' }],
      },
      { policy: 'PARTIAL', direction: 'always', sort: { field: 'updatedAt', direction: 'asc' } },
    ),
    [page(1), page(1)],
  ],
  [
    'rows that cannot be read were to be reported, though the list hides the pages before them and seems to end',
    plan(
      {
        rows: 439,
        ties: 2,
        declaredSkewSeconds: 840,
        cap: 30,
        tellsTotal: true,
        lies: [
          { kind: 'unreadable-rows', every: 13, tellsId: false },
          { kind: 'hidden-rows', shape: 'span', place: 0.858, amount: 0.953 },
        ],
      },
      { seed: 2147483630 },
    ),
    [page(100)],
  ],
]
