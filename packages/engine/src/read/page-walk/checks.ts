import {
  DISORDERED_SHARE,
  FAR_ROWS,
  FEWEST_REVERSED,
  FEWEST_TO_JUDGE,
  HIDDEN_KEY_OVERLAP,
  MAX_REPEATS,
  MAX_UNDERCOUNTS,
  MOVING_KEY_OVERLAP,
  REPEATED_SHARE,
  SMALLEST_CAP,
} from './constants.js'
import { type ListOrder, rankOf } from './order.js'
import type { PageRow, PageView } from './page.js'
import { isSameSpan } from './span.js'
import { note, type SeenPage, type WalkState } from './state.js'

/** What can be checked of a page at no cost, whatever the walk is doing. */
export function checkPage(state: WalkState, view: PageView): WalkState {
  const placed = checkPushed(view.isAnother ? note(state, 'TOTALS_DISAGREE', null, 'page') : state, view)
  return checkOrder(checkCount(checkRepeat(checkTimes(placed, view), view), view), view)
}

/** Rows whose time is another one than on the page before, by more than the times of one place in the order may differ. */
function checkTimes(state: WalkState, { rows }: PageView): WalkState {
  const { previous } = state
  if (previous === null) return state
  const times = new Map(previous.ids.map((id, position) => [id, previous.times[position] ?? null]))
  const moved = rows.filter(({ id, sentAt }) => {
    const before = id === null ? null : (times.get(id) ?? null)
    return before !== null && sentAt !== null && Math.abs(sentAt - before) > state.order.slack
  })
  return moved.length > 0 ? note(state, 'ORDER_BROKEN', moved.length, 'sentAt') : state
}

/**
 * In an ascending list nothing comes above rows that were listed. Where they stand further down than on the page before,
 * it is another page than the one that was asked for.
 */
function checkPushed(state: WalkState, { rows, start, verdict }: PageView): WalkState {
  const { previous, order } = state
  if (order.sign === -1 || previous === null || verdict === 'unsure') return state
  const ids = rows.map(({ id }) => id)
  const pushes = previous.ids.flatMap((id, index) => {
    const position = id === null ? -1 : ids.indexOf(id)
    return position === -1 ? [] : [start + position - previous.start - index]
  })
  const middle = pushes.toSorted((a, b) => a - b)[Math.floor(pushes.length / 2)] ?? 0
  // Where rows may change their place, a few may have done so.
  const isPushed = pushes.length >= HIDDEN_KEY_OVERLAP && middle >= MOVING_KEY_OVERLAP
  return isPushed ? note(state, 'PLACE_LOST') : state
}

/** A source that passes over the page number brings the same rows for every one. */
function checkRepeat(state: WalkState, view: PageView): WalkState {
  const { rows, start, verdict, total, requested } = view
  const before = state.previous
  const ids = rows.map(({ id }) => id)
  const times = rows.map(({ sentAt }) => sentAt)
  const page: SeenPage = { ids, times, number: requested.number, start, total, repeats: 0 }
  // Short pages that begin at different places among hidden rows show the same ones behind them.
  const isSame = before !== null && verdict === 'more' && isRepeated(page, before)
  const isAgain = isSame && page.number !== before.number && distanceOf(page, before) >= SMALLEST_CAP / 2
  // From so near, the same rows say neither.
  if (isSame && !isAgain && before.repeats > 0) return state
  const repeats = isAgain ? before.repeats + 1 : 0
  const previous = ids.every((id) => id === null) ? before : { ...page, repeats }
  if (repeats < MAX_REPEATS) return { ...state, previous }
  const failure = `it lists the same messages for every value of the parameter page`
  return { ...state, previous, failure, ask: null }
}

/**
 * Whether two pages show the same rows, from the same first one on. Where they lie so far apart that they should share none,
 * and no few rows which came or went make them one, most of their rows are enough: some may have come, or equal times have
 * changed places.
 */
function isRepeated(page: SeenPage, before: SeenPage): boolean {
  const [ids, others] = [namedRows(page), namedRows(before)]
  const fewer = Math.min(ids.size, others.size)
  const shared = [...ids.keys()].filter((id) => others.has(id)).length
  if (shared === 0 || shared < REPEATED_SHARE * fewer) return false
  const apart = Math.max(firstAmong(ids, others), firstAmong(others, ids))
  const arrived = Math.max(0, (page.total ?? 0) - (before.total ?? 0))
  const distance = distanceOf(page, before)
  if (apart < 0 || 2 * (apart + arrived) > distance) return false
  const isExact = apart === 0 && shared === fewer
  return isExact || distance >= Math.max(page.ids.length, before.ids.length, FAR_ROWS)
}

/** The rows of a page that can be recognized, each with its place. */
function namedRows({ ids }: SeenPage): ReadonlyMap<string, number> {
  return new Map(ids.flatMap((id, position) => (id === null ? [] : [[id, position] as const])))
}

/** How much further down the first row of one page stands on the other; negative where it is not there, or further up. */
function firstAmong(ids: ReadonlyMap<string, number>, others: ReadonlyMap<string, number>): number {
  const [[first, position] = ['', 0]] = ids
  const other = others.get(first)
  return other === undefined ? -1 : other - position
}

function distanceOf(page: SeenPage, before: SeenPage): number {
  return Math.abs(page.start - before.start)
}

/** A page may show a row that arrived between the count and the list; not one page after the other. */
function checkCount(state: WalkState, { figures, isSizeFalse, start, rows, total }: PageView): WalkState {
  const undercounts = figures === 'fewer' ? state.undercounts + 1 : 0
  const isSizeTrue = state.isSizeTrue && !isSizeFalse
  const counted = { ...state, undercounts, isSizeTrue }
  if (figures === 'disagree') return note(counted, 'TOTALS_DISAGREE', null, 'total')
  if (undercounts !== MAX_UNDERCOUNTS) return counted
  return note(counted, 'TOTALS_DISAGREE', total === null ? null : start + rows.length - total, 'total')
}

/**
 * Rows that stand further before one of an earlier place than the declared skew allows. Where many do, the source sorts
 * otherwise, and times say nothing about its order from then on.
 */
function checkOrder(state: WalkState, { rows }: PageView): WalkState {
  const { kind, count } = judgeOrder(rows, state.order)
  if (kind === 'ignored') return ignoreSort(state)
  return kind === 'broken' ? note(state, 'ORDER_BROKEN', count, 'sentAt') : state
}

/** Whether rows stand in the order that was asked for, but for the declared skew. */
export function judgeOrder(
  rows: readonly TimedRow[],
  order: ListOrder,
): { readonly kind: 'kept' | 'broken' | 'ignored'; readonly count: number } {
  if (!order.followsTime || isInOrder(rows, order)) return { kind: 'kept', count: 0 }
  const { disordered, of } = countDisordered(rows, order)
  const isSortedOtherwise = disordered >= 2 && disordered > of * DISORDERED_SHARE
  if (isSortedOtherwise || isReversed(rows, order)) return { kind: 'ignored', count: disordered }
  return { kind: disordered > 0 ? 'broken' : 'kept', count: disordered }
}

/** Pages that follow on each other may each be in no order that their times could show, and yet lead the wrong way. */
export function checkTurned(state: WalkState, fresh: readonly PageRow[]): WalkState {
  const { order } = state
  const ranks = ranksOf(fresh, order)
  if (!order.followsTime || ranks.length < FEWEST_TO_JUDGE) return state
  const middle = ranks.toSorted((a, b) => a - b)[Math.floor(ranks.length / 2)] ?? null
  const isTurned = middle !== null && state.middle !== null && middle < state.middle - order.slack
  return isTurned ? ignoreSort(state) : { ...state, middle }
}

export function ignoreSort(state: WalkState): WalkState {
  return note({ ...state, order: { ...state.order, followsTime: false } }, 'SORT_IGNORED', null, 'sort')
}

/** As much of a row as its place in the order follows from. */
type TimedRow = Pick<PageRow, 'sentAt'>

/** Whether no row stands before the one above it, as on nearly every page: then nothing else about its order has to be counted. */
function isInOrder(rows: readonly TimedRow[], order: ListOrder): boolean {
  let before = Number.NEGATIVE_INFINITY
  for (const { sentAt } of rows) {
    if (sentAt === null) continue
    const rank = rankOf(order, sentAt)
    if (rank < before) return false
    before = rank
  }
  return true
}

function ranksOf(rows: readonly TimedRow[], order: ListOrder): number[] {
  return rows.flatMap(({ sentAt }) => (sentAt === null ? [] : rankOf(order, sentAt)))
}

/** Whether nearly every row stands before those above it: within the skew too, chance does not bring that about. */
function isReversed(rows: readonly TimedRow[], order: ListOrder): boolean {
  const ranks = ranksOf(rows, order)
  const isStrictly = ranks.every((rank, index) => index === 0 || rank < (ranks[index - 1] ?? rank))
  if (isStrictly && ranks.length >= FEWEST_REVERSED) return true
  // Rows far from each other, so that the skew of single ones hardly counts.
  const lag = Math.max(1, Math.floor(ranks.length / 4))
  const steps = ranks.slice(lag).map((rank, index) => rank - (ranks[index] ?? rank))
  const [back, forth] = [steps.filter((each) => each < 0).length, steps.filter((each) => each > 0).length]
  return back >= FEWEST_TO_JUDGE && back >= FEWEST_TO_JUDGE * forth
}

/** How many rows have to be taken out for the others to stand in order, about: single rows put few others out of place. */
function countDisordered(
  rows: readonly TimedRow[],
  order: ListOrder,
): { readonly disordered: number; readonly of: number } {
  const ranks = ranksOf(rows, order)
  let [late, early] = [0, 0]
  let most = Number.NEGATIVE_INFINITY
  for (const rank of ranks) {
    if (rank < most - order.slack) late += 1
    most = Math.max(most, rank)
  }
  let least = Number.POSITIVE_INFINITY
  for (const rank of ranks.toReversed()) {
    if (rank > least + order.slack) early += 1
    least = Math.min(least, rank)
  }
  return { disordered: Math.min(late, early), of: ranks.length }
}

/**
 * A short page after which others came: where one of its rows stands further down than it was counted, and the source
 * counts no rows that would have pushed it down, rows that no page brings stand above it.
 */
export function checkHidden(before: WalkState, view: PageView): WalkState {
  const state = settleRecheck(checkMissing(before, view), view)
  const { shortPage } = state
  if (shortPage === null) return state
  const position = view.rows.findIndex(({ id }) => id === shortPage.id)
  if (position === -1) return state
  const known = { ...state, shortPage: null }
  if (shortPage.total === null || view.total === null) return known
  const hidden = view.start + position - shortPage.index - Math.max(0, view.total - shortPage.total)
  const isTold = state.notes.ROWS_HIDDEN !== undefined
  return hidden > uncertainRows(state) && !isTold
    ? { ...known, recheck: { page: shortPage.page, first: shortPage.first, hidden } }
    : known
}

/** Hidden rows leave the first rows of the short page where they were; what came, or moved to the head of the list, pushes them down. */
function settleRecheck(state: WalkState, { requested, rows }: PageView): WalkState {
  const { recheck } = state
  if (recheck === null || !isSameSpan(recheck.page, requested)) return state
  const settled = { ...state, recheck: null }
  const pushes = rows.flatMap(({ id }, position) => {
    const index = id === null ? -1 : recheck.first.indexOf(id)
    return index === -1 ? [] : [position - index]
  })
  const hidden = pushes.length === 0 ? 0 : recheck.hidden - Math.max(0, Math.min(...pushes))
  return hidden > uncertainRows(state) ? note(settled, 'ROWS_HIDDEN', hidden) : settled
}

/** Rows of one hidden key change places from page to page. */
function uncertainRows({ order }: WalkState): number {
  return order.followsTime && order.slack === 0 ? 0 : HIDDEN_KEY_OVERLAP
}

/** Without another page, what a page lacks counts as hidden. */
export function settleMissing(state: WalkState): WalkState {
  const { missingRows } = state
  return missingRows === null
    ? state
    : note({ ...state, missingRows: null }, 'ROWS_HIDDEN', missingRows.count)
}

/** A page that is shorter than the server says, and by its figures not the last one, lacks rows unless the list was counted before it shrank. */
function checkMissing(state: WalkState, { total }: PageView): WalkState {
  const { missingRows } = state
  if (missingRows === null) return state
  const known = { ...state, missingRows: null }
  if (total === missingRows.total) return note(known, 'ROWS_HIDDEN', missingRows.count)
  // So many fewer are counted now, which may have gone before the page was listed, and a few more may have come since.
  const gone = (missingRows.total ?? 0) - (total ?? 0)
  const hidden = total === null || gone < 0 ? 0 : (missingRows.count ?? 0) - gone
  return hidden > HIDDEN_KEY_OVERLAP ? note(known, 'ROWS_HIDDEN', hidden) : known
}

/**
 * The first of a page's rows from which on all lie behind the wanted span; the page's length where the span may go on.
 * One row at the end of a page may be out of place. A row without a time may belong to the rows before it.
 */
export function cutBehindSpan(rows: readonly PageRow[], isBehind: (sentAt: number) => boolean): number {
  let cut = rows.length
  while (cut > 0 && isBehindOrUnknown(rows[cut - 1], isBehind)) cut -= 1
  while (rows[cut]?.sentAt === null) cut += 1
  return cut
}

function isBehindOrUnknown(row: PageRow | undefined, isBehind: (sentAt: number) => boolean): boolean {
  return row !== undefined && (row.sentAt === null || isBehind(row.sentAt))
}
