import { BLIND_REACH, LEAD } from './constants.js'
import { type ListOrder, rankOf } from './order.js'
import type { PageView } from './page.js'
import { isSameSpan, type PageSpan, spanFrom } from './span.js'

/** How far the search for the place of a row has come, which is not where it was. */
export interface Relocation {
  /** The row's time; null where it is not known. */
  readonly sentAt: number | null
  /** Where it was. */
  readonly from: number
  /** The place lies behind the rows before `low`, and before `high`; null while unknown. */
  readonly low: number | null
  readonly high: number | null
  /** How far to go at the least while one of them is unknown. */
  readonly stride: number
  /** Pages that remain to be looked at before the search gives its answer; null while it still narrows down. */
  readonly last: readonly PageSpan[] | null
}

/** Where to look next, or what the last look showed. */
export type Lookup =
  | { readonly kind: 'look'; readonly span: PageSpan; readonly relocation: Relocation }
  /** The place lies on the page that was looked at last, or at the end of the list. */
  | { readonly kind: 'here' }
  /** Nothing tells the place any more but the position where it was. */
  | { readonly kind: 'lost' }

export function beginRelocation(sentAt: number | null, from: number, cap: number): Relocation {
  return { sentAt, from, low: null, high: null, stride: cap, last: null }
}

/**
 * Looks for the place of a row by galloping from where it was, as far as the times of the rows suggest, and then
 * halving. Finds the place also when the row itself is gone, and starts over where the table moved meanwhile.
 *
 * @param view a page that holds none of the rows that are looked for
 */
export function relocate(relocation: Relocation, order: ListOrder, view: PageView, cap: number): Lookup {
  const { sentAt } = relocation
  if (!order.followsTime || sentAt === null) return lookAround(relocation, cap)
  const rank = rankOf(order, sentAt)
  const [next, ...rest] = relocation.last ?? []
  if (next !== undefined) return { kind: 'look', span: next, relocation: { ...relocation, last: rest } }
  if (holds(view, order, rank)) {
    if (relocation.last !== null || order.slack === 0) return { kind: 'here' }
    // Where times only nearly show the order, the rows may still be on the page before or behind.
    const margin = Math.ceil(cap / 10)
    const last = [spanFrom(view.start + view.rows.length - margin, cap), view.requested]
    return look(view.start + margin - cap, cap, { ...relocation, last })
  }
  return narrow({ ...relocation, last: null }, order, rank, view, cap)
}

function look(start: number, cap: number, relocation: Relocation): Lookup {
  return { kind: 'look', span: spanFrom(start, cap), relocation }
}

function timesOf({ rows }: PageView): readonly [number | null, number | null] {
  const first = rows.find(({ sentAt }) => sentAt !== null)?.sentAt ?? null
  return [first, rows.findLast(({ sentAt }) => sentAt !== null)?.sentAt ?? null]
}

/** Whether the place lies on a page, or behind it at the end of the list. */
function holds(view: PageView, order: ListOrder, rank: number): boolean {
  const [first, last] = timesOf(view)
  if (first === null || last === null) return false
  // A single row may be out of place.
  const lead = view.rows.slice(0, LEAD).flatMap(({ sentAt }) => sentAt ?? [])
  const begins = view.start === 0 || lead.every((sentAt) => rankOf(order, sentAt) < rank)
  return begins && (view.verdict === 'end' || rankOf(order, last) >= rank)
}

function narrow(relocation: Relocation, order: ListOrder, rank: number, view: PageView, cap: number): Lookup {
  const { rows, start } = view
  const [first, last] = timesOf(view)
  let { low, high } = relocation
  if (last !== null && rankOf(order, last) < rank) {
    low = start + rows.length
    if (high !== null && high < low) high = null
  } else {
    high = start
    if (low !== null && low > high) low = null
  }
  const perPage = first === null || last === null ? 0 : rankOf(order, last) - rankOf(order, first)
  const distance =
    first === null || last === null
      ? 0
      : rankOf(order, first) < rank
        ? rank - rankOf(order, last)
        : rankOf(order, first) - rank
  const rowsAway = (distance / perPage) * rows.length
  const stride = Math.max(relocation.stride, Number.isFinite(rowsAway) ? Math.ceil(rowsAway) : 0)
  const wider = { ...relocation, low, high, stride: 2 * relocation.stride }
  if (high === null) return look((low ?? 0) + stride, cap, wider)
  if (low === null) return look(high - stride, cap, wider)
  const narrower = { ...relocation, low, high }
  return high - low > cap
    ? look(Math.floor((low + high - cap) / 2), cap, narrower)
    : look(low - LEAD, cap, narrower)
}

/** Where times say nothing, the pages on either side of the old place are all that can be looked at. */
function lookAround(relocation: Relocation, cap: number): Lookup {
  const { from } = relocation
  const distances = Array.from({ length: BLIND_REACH }, (_, nth) => [
    -(nth + 1) * cap,
    (nth + 1) * cap,
  ]).flat()
  const around = [...distances, -Math.ceil(cap / 2)].map((distance) => spanFrom(from + distance, cap))
  // Above the beginning of the list there is only its first page.
  const distinct = around.filter((span, at) => around.findIndex((each) => isSameSpan(each, span)) === at)
  const [span, ...last] = relocation.last ?? distinct
  return span === undefined ? { kind: 'lost' } : { kind: 'look', span, relocation: { ...relocation, last } }
}

/**
 * Positions of the rows of a page that were not read, by their times alone: behind the place that the fewest rows
 * contradict; a row of the very same time counts as not read.
 *
 * @returns null where times say nothing; `isCertain` where the page shows both sides of the place, is in the order of its
 *   rows' times, and none of them is so near that its sort key may be another side of the place
 */
export function splitByTime(
  { rows, start }: PageView,
  order: ListOrder,
  sentAt: number | null,
): { readonly position: number; readonly isCertain: boolean } | null {
  if (!order.followsTime || sentAt === null) return null
  const rank = rankOf(order, sentAt)
  const ranks = rows.map((row) => (row.sentAt === null ? null : rankOf(order, row.sentAt)))
  const isRead = ranks.map((each) => each !== null && each < rank)
  let contradictions = isRead.filter(Boolean).length
  let best = { position: 0, contradictions }
  for (const [index, read] of isRead.entries()) {
    contradictions += read ? -1 : 1
    if (contradictions < best.contradictions) best = { position: index + 1, contradictions }
  }
  const known = ranks.filter((each) => each !== null)
  return {
    position: best.position,
    isCertain:
      (start === 0 || best.position >= LEAD) &&
      known.every((each, index) => each >= (known[index - 1] ?? each)) &&
      (order.slack === 0 || known.every((each) => Math.abs(each - rank) > order.slack)),
  }
}
