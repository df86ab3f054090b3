import type { SourceWarningCode } from '@waybill/core'
import type { Lie } from './lie.js'
import { type HistoryPlan, PLAIN_UPSTREAM, type UpstreamPlan } from './plan.js'

/** A quiet list of an upstream that lies, read from one end to the other. */
export interface LyingCase {
  readonly what: string
  readonly plan: HistoryPlan
  /** One of these codes is named, or the traversal fails with an error that says this. */
  readonly told: readonly SourceWarningCode[] | RegExp
}

const TELLING = { ...PLAIN_UPSTREAM, rows: 300, tellsTotal: true, tellsPageSize: true }
const BY_CREATION = { field: 'createdAt', direction: 'desc' } as const

function liar(
  lie: Lie,
  upstream: Partial<UpstreamPlan> = {},
  history: Partial<HistoryPlan> = {},
): HistoryPlan {
  const upstreams = [{ ...TELLING, ...upstream, lies: [lie] }]
  const rest = { filter: [], range: null, policy: 'FAIL', direction: 'never', sort: BY_CREATION } as const
  return { seed: 1, upstreams, ...rest, ...history }
}

/** The rows with these ids of 300. */
function span(from: number, to: number): Lie {
  const [place, amount] = [(from - 1) / 300, (to - from) / 120]
  return { kind: 'hidden-rows', shape: 'span', place, amount }
}

const HIDDEN = ['ROWS_HIDDEN', 'TOTALS_DISAGREE'] as const
const OF_READ = { filter: [{ field: 'status', operator: 'eq', values: ['READ'] }] } as const
const OF_ONE = { filter: [{ field: 'interactionId', operator: 'eq', values: ['3'] }] } as const
const STATUS = { kind: 'filter-ignored', field: 'status' } as const
const CONVERSATION = { kind: 'filter-ignored', field: 'interactionId' } as const
const BOTH = { kind: 'direction-ignored', afterRequests: 0 } as const
const LATER = { kind: 'direction-ignored', afterRequests: 2 } as const
const INBOUND = { filter: [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }] } as const

export const LYING_CASES: readonly LyingCase[] = [
  {
    what: 'the direction is passed over from the third request on, one asked for',
    plan: liar(LATER, { rows: 600 }, INBOUND),
    told: ['DIRECTION_IGNORED'],
  },
  {
    what: 'the direction is passed over from the third request on, one asked for, without figures',
    plan: liar(LATER, { rows: 600, tellsTotal: false, tellsPageSize: false }, INBOUND),
    told: ['DIRECTION_IGNORED'],
  },
  {
    what: 'the direction is passed over from the third request on, both asked for, by time of update',
    plan: liar(
      LATER,
      { rows: 600 },
      { direction: 'always', sort: { field: 'updatedAt', direction: 'desc' } },
    ),
    told: ['DIRECTION_IGNORED'],
  },
  { what: 'half of page 2 is hidden', plan: liar(span(101, 150)), told: HIDDEN },
  { what: 'page 2 is empty', plan: liar(span(101, 200)), told: HIDDEN },
  {
    what: 'few rows of page 3 are hidden, and the page says that more follow',
    plan: liar(
      { kind: 'hidden-rows', shape: 'span', place: 0.35, amount: 0.132 },
      { rows: 338, ties: 2, tellsNextPage: true },
    ),
    told: HIDDEN,
  },
  {
    what: 'one row of each page is hidden, where equal times need not show',
    plan: liar({ kind: 'hidden-rows', shape: 'few', place: 0.5, amount: 0 }, { declaredSkewSeconds: 900 }),
    told: HIDDEN,
  },
  {
    what: 'one row of ten is hidden',
    plan: liar(
      { kind: 'hidden-rows', shape: 'few', place: 5.5 / 61, amount: 0 },
      { rows: 10, declaredSkewSeconds: 900 },
    ),
    told: HIDDEN,
  },
  { what: 'the last page is hidden', plan: liar(span(1, 100)), told: HIDDEN },
  { what: 'the first page is empty', plan: liar(span(201, 300)), told: HIDDEN },
  {
    what: 'page 2 is empty, and the size of pages is not told',
    plan: liar(span(101, 200), { tellsPageSize: false }),
    told: HIDDEN,
  },
  {
    what: 'a third of all rows is hidden, in ascending order',
    plan: liar(
      { kind: 'hidden-rows', shape: 'share', place: 0, amount: 0.5 },
      {},
      { sort: { ...BY_CREATION, direction: 'asc' } },
    ),
    told: HIDDEN,
  },
  {
    what: 'a filter by status is passed over',
    plan: liar(STATUS, { filters: true }, OF_READ),
    told: ['FILTER_IGNORED'],
  },
  {
    what: 'a filter by conversation is passed over',
    plan: liar(CONVERSATION, { filters: true }, OF_ONE),
    told: ['FILTER_IGNORED'],
  },
  {
    what: 'a window passes over a filter',
    plan: liar(STATUS, { filters: true, kind: 'window' }, OF_READ),
    told: ['FILTER_IGNORED'],
  },
  {
    what: 'a list with cursors passes over a filter',
    plan: liar(CONVERSATION, { filters: true, kind: 'cursor' }, OF_ONE),
    told: ['FILTER_IGNORED'],
  },
  {
    what: 'the list comes the other way round',
    plan: liar({ kind: 'sort-ignored', instead: 'reversed' }),
    told: ['SORT_IGNORED'],
  },
  {
    what: 'the list comes the other way round, and a range of it is asked for',
    plan: liar({ kind: 'sort-ignored', instead: 'reversed' }, {}, { range: { from: 0.7, to: 0.8 } }),
    told: ['SORT_IGNORED'],
  },
  {
    what: 'the list comes the other way round, all of it within the declared skew',
    plan: liar({ kind: 'sort-ignored', instead: 'reversed' }, { gapSeconds: 3, declaredSkewSeconds: 840 }),
    told: ['SORT_IGNORED'],
  },
  {
    what: 'a list with cursors comes the other way round',
    plan: liar({ kind: 'sort-ignored', instead: 'reversed' }, { kind: 'cursor' }),
    told: ['SORT_IGNORED'],
  },
  { what: 'the page number is passed over', plan: liar({ kind: 'page-ignored' }), told: /\bpage\b/i },
  {
    what: 'the page number is passed over, and no page has figures',
    plan: liar({ kind: 'page-ignored' }, { tellsTotal: false, tellsPageSize: false }),
    told: /\bpage\b/i,
  },
  {
    what: 'the page number is passed over, and a range is asked for',
    plan: liar({ kind: 'page-ignored' }, {}, { range: { from: 0.1, to: 0.2 } }),
    told: /\bpage\b/i,
  },
  ...(['number', 'span'] as const).flatMap((tells) => [
    {
      what: `pages are counted from 0, which shows in the ${tells}`,
      plan: liar({ kind: 'other-page', every: 1, ahead: 1, tells }, { tellsTotal: false }),
      told: ['TOTALS_DISAGREE'] as const,
    },
    {
      what: `every second page is one further down, which shows in the ${tells}`,
      plan: liar({ kind: 'other-page', every: 2, ahead: 1, tells }),
      told: ['TOTALS_DISAGREE'] as const,
    },
    {
      what: `every third page is one behind the end, which shows in the ${tells}`,
      plan: liar({ kind: 'other-page', every: 3, ahead: 9, tells }, { rows: 900 }),
      told: HIDDEN,
    },
  ]),
  {
    what: 'the direction is passed over where it is learned',
    plan: liar(BOTH, {}, { direction: 'always' }),
    told: ['DIRECTION_IGNORED'],
  },
  {
    what: 'the direction is passed over where it is learned, and no page has a total',
    plan: liar(BOTH, { tellsTotal: false }, { direction: 'always' }),
    told: ['DIRECTION_IGNORED'],
  },
  ...(['both', 'outbound'] as const).flatMap((values) =>
    [true, false].map((tells) => ({
      what: `${values === 'both' ? 'no direction is' : 'outbound messages are not'} known, ${tells ? 'with' : 'without'} figures`,
      plan: liar(
        { kind: 'direction-unknown', values },
        { tellsTotal: tells, tellsPageSize: tells },
        { direction: 'always' },
      ),
      told: ['TOTALS_DISAGREE'] as const,
    })),
  ),
  {
    what: 'no direction is known, and one is asked for',
    plan: liar({ kind: 'direction-unknown', values: 'both' }, { tellsTotal: false }, INBOUND),
    told: ['TOTALS_DISAGREE'],
  },
  ...[true, false].map((tells) => ({
    what: `the pages come the other way round, each in the right order, ${tells ? 'with' : 'without'} figures`,
    plan: liar(
      { kind: 'sort-ignored', instead: 'turned-pages' },
      { tellsTotal: tells, tellsPageSize: tells },
    ),
    told: ['SORT_IGNORED', 'PLACE_LOST'] as const,
  })),
  {
    what: 'the direction is passed over where one is asked for',
    plan: liar(BOTH, {}, INBOUND),
    told: ['DIRECTION_IGNORED'],
  },
  ...(['less', 'more', 'constant', 'zero'] as const).map((says) => ({
    what: `the total is wrong: ${says}`,
    plan: liar({ kind: 'false-figure', figure: 'total', says }),
    told: HIDDEN,
  })),
  ...(['less', 'more'] as const).map((says) => ({
    what: `the number of the last page is wrong: ${says}`,
    plan: liar({ kind: 'false-figure', figure: 'lastPage', says }),
    told: HIDDEN,
  })),
  {
    what: 'every third row cannot be read',
    plan: liar({ kind: 'unreadable-rows', every: 3, tellsId: true }),
    told: ['ROW_REJECTED'],
  },
  {
    what: 'single rows cannot be read, and have no id',
    plan: liar({ kind: 'unreadable-rows', every: 40, tellsId: false }),
    told: ['ROW_REJECTED'],
  },
  {
    what: 'no row can be read',
    plan: liar({ kind: 'unreadable-rows', every: 1, tellsId: false }),
    told: ['ROW_REJECTED'],
  },
  {
    what: 'a row of a window cannot be read',
    plan: liar({ kind: 'unreadable-rows', every: 40, tellsId: true }, { kind: 'window' }),
    told: ['ROW_REJECTED'],
  },
  {
    what: 'a row departs from its place by a day',
    plan: liar({ kind: 'departed-row', place: 0.5, beyondSeconds: 86_400 }),
    told: ['ORDER_BROKEN'],
  },
  {
    what: 'a cursor does not advance',
    plan: liar({ kind: 'stuck-cursor', afterRows: 70 }, { kind: 'cursor' }),
    told: /\b(?:cursor|after)\b/i,
  },
  {
    what: 'no cursor advances',
    plan: liar({ kind: 'stuck-cursor', afterRows: 0 }, { kind: 'cursor' }),
    told: /\b(?:cursor|after)\b/i,
  },
]
