import { type HistoryPlan, PLAIN_UPSTREAM, type Step } from './plan.js'
import {
  atCursor,
  BURST,
  change,
  during,
  KEPT_ELSEWHERE,
  now,
  OTHER,
  page,
  plan,
  REPLICA,
  RESTART,
  SKEWED,
} from './shorthand.js'

/** Histories that once went wrong, each with what was wrong then. */
export const COUNTEREXAMPLES: readonly [was: string, plan: HistoryPlan, steps: readonly Step[]][] = [
  [
    'a page that was cut just where the count ended passed for the last one',
    plan({ rows: 122, cap: 40, tellsTotal: true }, { direction: 'always' }),
    [
      { do: 'schedule', stage: 'counted', change: change('arrive') },
      { do: 'schedule', stage: 'selected', change: change('arrive') },
    ],
  ],
  [
    'a tie above the last page passed unnoticed at the end of the list',
    plan({ rows: 60, ties: 10, cap: 60 }, { seed: 24 }),
    [during('arrive'), OTHER, during('arrive')],
  ],
  [
    'a place that moved while it was looked for was taken for the end',
    plan({ rows: 41, tellsPageSize: true }),
    [
      { do: 'fail', upstream: 0, fault: { code: 'UPSTREAM_UNAVAILABLE', late: false } },
      during('lower-cap'),
      page(1),
      page(20),
      page(20),
      { do: 'schedule', stage: 'selected', change: change('arrive', BURST) },
      during('delete-near'),
      RESTART,
      during('arrive'),
    ],
  ],
  [
    'a cut page was looked at again and again',
    plan({ rows: 3, cap: 40 }, { direction: 'always' }),
    [now('arrive'), page(1), during('delete-near'), now('arrive', BURST), OTHER, now('arrive')],
  ],
  [
    'one stream of a failed source went on behind the report',
    plan(
      { rows: 312, tellsTotal: true },
      { seed: 116862779, range: { from: null, to: 0 }, policy: 'PARTIAL', direction: 'sometimes' },
    ),
    [
      now('arrive'),
      { do: 'fail', upstream: 0, fault: { code: 'UPSTREAM_UNAVAILABLE', late: false } },
      now('arrive'),
      { do: 'page', first: 1, budget: null, upTo: 0 },
    ],
  ],
  [
    'the only row that was known to follow had jumped, and reading went on from there',
    plan(
      {},
      {
        seed: 26,
        sort: { field: 'updatedAt', direction: 'desc' },
        range: { from: null, to: 0 },
        direction: 'sometimes',
        upstreams: [
          { ...PLAIN_UPSTREAM, rows: 1 },
          { ...PLAIN_UPSTREAM, rows: 223, cap: 30 },
          { ...PLAIN_UPSTREAM, skewSeconds: 60, declaredSkewSeconds: 60 },
        ],
      },
    ),
    [page(1), now('arrive', 0, 1), now('arrive', 0, 2), page(1, 3), now('touch', 0, 1)],
  ],
  [
    'a page that began below the place, and seemed to begin above it, was taken',
    plan(
      {},
      {
        seed: 2147474416,
        upstreams: [
          { ...PLAIN_UPSTREAM, rows: 132, ties: 3 },
          PLAIN_UPSTREAM,
          { ...PLAIN_UPSTREAM, rows: 132, ties: 3, skewSeconds: 60, declaredSkewSeconds: 60 },
          { ...PLAIN_UPSTREAM, rows: 117, ties: 3, skewSeconds: 60, declaredSkewSeconds: 60 },
        ],
      },
    ),
    [
      ...[50, 50, 20, 20, 137].map((first) => page(first)),
      during('delete-near', 0.667, 3),
      { do: 'page', first: 100, budget: null, upTo: 0.24 },
      RESTART,
      page(1),
    ],
  ],
  [
    'a single row that had jumped marked the place',
    plan(
      { rows: 205 },
      {
        filter: [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }],
        sort: { field: 'updatedAt', direction: 'desc' },
      },
    ),
    [
      during('arrive', 0.167),
      during('arrive', 0.334),
      page(1),
      during('lower-cap'),
      OTHER,
      { do: 'change', change: { kind: 'touch', upstream: 0, place: 0.153, amount: 0 } },
      { do: 'schedule', stage: 'counted', change: change('arrive', 0.901) },
      page(100, 3),
      OTHER,
      page(1),
    ],
  ],
  [
    'a row that was passed came after its followers, from a page that had been kept',
    plan({ rows: 98, ties: 3, gapSeconds: 200, ...SKEWED, cap: 30 }, { seed: 15 }),
    [{ do: 'page', first: 100, budget: null, upTo: 0.5 }, atCursor(0, 2)],
  ],
  [
    'rows that were gone came from a page that had been kept, and hid the tie of another',
    plan({ rows: 1104, ties: 2, ...SKEWED, cap: 30 }, { seed: 142 }),
    [page(50), atCursor(3, 4)],
  ],
  [
    'the tie of a cursor came after rows that follow it',
    plan({ rows: 1344, ties: 2, ...SKEWED, cap: 30 }, { seed: 4 }),
    [page(500), atCursor(3, 4), page(500), atCursor(1, 2)],
  ],
  [
    'a row whose time is late passed for one that was not read',
    plan(
      { rows: 69, ties: 2, gapSeconds: 3, skewSeconds: 300, declaredSkewSeconds: 900, tellsPageSize: true },
      { seed: 2, sort: { field: 'createdAt', direction: 'asc' } },
    ),
    [page(50), atCursor(39, 2), RESTART],
  ],
  [
    'rows after the cursor came after rows that follow on them, by time of update',
    plan(
      { rows: 62, ties: 2, gapSeconds: 3, cap: 40, tellsPageSize: true },
      { seed: 33, sort: { field: 'updatedAt', direction: 'asc' } },
    ),
    [page(50), atCursor(19, 2)],
  ],
  [
    'the last row was lost where as many rows came as had gone while the end was made sure of',
    plan(
      { rows: 61, skewSeconds: 60, declaredSkewSeconds: 60, cap: 60 },
      { sort: { field: 'createdAt', direction: 'desc' } },
    ),
    [
      { do: 'page', first: 1, budget: null, upTo: 1 },
      {
        do: 'schedule',
        stage: 'request',
        change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0 },
      },
      { do: 'page', first: 50, budget: null, upTo: 0.16 },
      { do: 'page', first: 50, budget: null, upTo: 1 },
      { do: 'change', change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0 } },
      { do: 'change', change: { kind: 'arrive', upstream: 0, place: 0, amount: 0.167 } },
    ],
  ],
  [
    'the last row was lost where the figures still told of one that was gone',
    plan(
      { rows: 61, skewSeconds: 60, declaredSkewSeconds: 60, cap: 60, tellsNextPage: true },
      { sort: { field: 'createdAt', direction: 'desc' } },
    ),
    [
      { do: 'page', first: 1, budget: null, upTo: 1 },
      {
        do: 'schedule',
        stage: 'counted',
        change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0 },
      },
      { do: 'page', first: 20, budget: null, upTo: 1 },
      { do: 'change', change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0 } },
      { do: 'change', change: { kind: 'arrive', upstream: 0, place: 0, amount: 0 } },
    ],
  ],
  [
    'the last row was lost where the figures still told of some that were gone',
    plan(
      { rows: 61, skewSeconds: 60, declaredSkewSeconds: 60, cap: 60, tellsNextPage: true },
      { sort: { field: 'createdAt', direction: 'desc' } },
    ),
    [
      { do: 'page', first: 1, budget: null, upTo: 1 },
      {
        do: 'schedule',
        stage: 'counted',
        change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0.56 },
      },
      { do: 'page', first: 20, budget: null, upTo: 1 },
      { do: 'change', change: { upstream: 0, kind: 'delete-at-cursor', place: 0, amount: 0 } },
      { do: 'change', change: { kind: 'arrive', upstream: 0, place: 0, amount: 0 } },
    ],
  ],
  [
    'the last row was lost when many before it went between the count and the list of an empty page',
    plan(
      { rows: 222, ties: 3, tellsTotal: true },
      {
        seed: 1118811786,
        sort: { field: 'updatedAt', direction: 'desc' },
        filter: [{ field: 'interactionId', operator: 'eq', values: ['3'] }],
      },
    ),
    [
      page(20),
      { do: 'other', first: 137 },
      page(7, 1),
      { do: 'page', first: 1, budget: 3, upTo: 0.021 },
      page(2),
      {
        do: 'schedule',
        stage: 'counted',
        change: { kind: 'delete-at-cursor', upstream: 0, place: 0.948, amount: 0.408 },
      },
      RESTART,
      page(100),
    ],
  ],
  [
    'a row that was gone came from a page older than the one that the cursor was on',
    plan(
      {},
      {
        seed: 341721610,
        direction: 'always',
        sort: { field: 'createdAt', direction: 'asc' },
        upstreams: [
          PLAIN_UPSTREAM,
          {
            ...PLAIN_UPSTREAM,
            rows: 166,
            skewSeconds: 60,
            declaredSkewSeconds: 900,
            cap: 60,
            tellsPageSize: true,
          },
        ],
      },
    ),
    [
      page(50),
      page(500, 1),
      {
        do: 'schedule',
        stage: 'selected',
        change: { kind: 'delete-near', upstream: 1, place: 0, amount: 0.425 },
      },
      page(2),
      { do: 'other', first: 137 },
      page(2),
    ],
  ],
  [
    'the last row was lost when rows before it went between the count and the list',
    plan({ rows: 91, cap: 60 }, { seed: 4, direction: 'always' }),
    [page(50), { do: 'schedule', stage: 'counted', change: change('delete-near', 0.977) }],
  ],
  [
    'a page with more rows than its server was taken to serve was lost',
    plan(
      { rows: 97, cap: 60 },
      { seed: 10, direction: 'sometimes', sort: { field: 'updatedAt', direction: 'asc' } },
    ),
    [
      { do: 'page', first: 100, budget: null, upTo: 0.497 },
      during('lower-cap'),
      page(20),
      RESTART,
      { do: 'page', first: 20, budget: null, upTo: 0.5 },
      { do: 'schedule', stage: 'request', change: { kind: 'touch', upstream: 0, place: 0.392, amount: 0 } },
    ],
  ],
  [
    'a row came out of order from a page that another replica had kept for longer',
    plan(
      { rows: 429, cap: 60 },
      {
        filter: [{ field: 'status', operator: 'ne', values: ['READ'] }],
        direction: 'always',
        sort: { field: 'updatedAt', direction: 'desc' },
      },
    ),
    [
      page(50),
      atCursor(0, 0),
      during('arrive'),
      ...KEPT_ELSEWHERE,
      { do: 'page', first: 50, budget: null, upTo: 0.5 },
      atCursor(0, 5),
      REPLICA,
      { do: 'page', first: 50, budget: null, upTo: 0.5 },
      atCursor(0, 0),
      { do: 'schedule', stage: 'request', change: { kind: 'delete', upstream: 0, place: 0.397, amount: 0 } },
      during('arrive', 0.667),
      page(20),
      atCursor(0, 0),
      page(50),
      atCursor(0, 0),
      page(20),
      atCursor(0, 0),
      REPLICA,
      atCursor(0, 0),
    ],
  ],
]
