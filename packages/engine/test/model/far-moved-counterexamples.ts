import { type HistoryPlan, PLAIN_UPSTREAM, type Step } from './plan.js'
import { atCursor, change, during, KEPT_ELSEWHERE, now, OTHER, page, plan, SKEWED } from './shorthand.js'

/** Histories of lists that moved by a page or more which once went wrong, each with what was wrong then. */
export const FAR_MOVED_COUNTEREXAMPLES: readonly [was: string, plan: HistoryPlan, steps: readonly Step[]][] =
  [
    [
      'a tie of the only row that was read stood at the end of the page before',
      plan(
        {},
        {
          seed: 988898943,
          filter: [{ field: 'interactionId', operator: 'eq', values: ['3'] }],
          upstreams: [
            { ...PLAIN_UPSTREAM, rows: 0 },
            { ...PLAIN_UPSTREAM, rows: 178, ties: 5, gapSeconds: 3, cap: 30 },
            { ...PLAIN_UPSTREAM, rows: 136, gapSeconds: 200 },
          ],
          sort: { field: 'updatedAt', direction: 'desc' },
        },
      ),
      [
        page(20),
        OTHER,
        { do: 'schedule', stage: 'selected', change: { ...change('delete', 0, 1), place: 0.599 } },
        during('arrive', 0.901, 1),
        OTHER,
      ],
    ],
    [
      'a list that moved by a page, and back by a few rows, was said to show the same page for every number',
      plan({ rows: 130, ties: 10 }, { seed: 28, direction: 'sometimes' }),
      [
        { do: 'page', first: 20, budget: null, upTo: 0.5 },
        atCursor(0, 0),
        {
          do: 'schedule',
          stage: 'request',
          change: { kind: 'delete-at-cursor', upstream: 0, place: 0.1584, amount: 0 },
        },
        now('arrive', 0.901),
        page(7),
        ...KEPT_ELSEWHERE,
        now('arrive'),
        atCursor(0, 0),
        { do: 'page', first: 100, budget: null, upTo: 0.61 },
        during('delete-near', 0.334),
        ...KEPT_ELSEWHERE,
        ...KEPT_ELSEWHERE,
        { do: 'change', change: { kind: 'back-date', upstream: 0, place: 0.397, amount: 0 } },
        { do: 'page', first: 500, budget: null, upTo: 0.5 },
        { do: 'change', change: { kind: 'delete-at-cursor', upstream: 0, place: 0, amount: 0 } },
        page(1),
      ],
    ],
    [
      'a list that was cut and had moved was said to show the same page for every number',
      plan(
        { rows: 1335, cap: 30, declaredSkewSeconds: 840 },
        { seed: 325726766, range: { from: null, to: 0.491 } },
      ),
      [
        now('arrive', 0.667),
        page(20),
        { do: 'change', change: { kind: 'delete-at-cursor', upstream: 0, place: 0.419, amount: 0 } },
        page(20),
        atCursor(0, 0),
        now('arrive', 0.334),
        OTHER,
        during('lower-cap'),
        {
          do: 'schedule',
          stage: 'request',
          change: { kind: 'delete-at-cursor', upstream: 0, place: 0.3164, amount: 0 },
        },
        page(20),
        { do: 'change', change: { kind: 'delete-at-cursor', upstream: 0, place: 0, amount: 0.2502 } },
        page(20),
        { do: 'change', change: { kind: 'delete-at-cursor', upstream: 0, place: 0, amount: 0.3536 } },
      ],
    ],
    [
      'more rows that came since than can be ties were read above the last one, which was then forgotten',
      plan({ rows: 3, ...SKEWED }, { seed: 1328310382, direction: 'sometimes' }),
      [
        { do: 'page', first: 20, budget: null, upTo: 0.334 },
        now('arrive', 0.901),
        page(20),
        { do: 'change', change: { kind: 'delete-at-cursor', upstream: 0, place: 0, amount: 0 } },
        now('delete'),
      ],
    ],
  ]
