import { SMALLEST_CAP } from './constants.js'
import { isBeforeSpan, type ListOrder, rankOf } from './order.js'
import type { PageView } from './page.js'
import { type PageSpan, spanFrom, startOf } from './span.js'

/** Between which pages the start of a range is being looked for, and where next. */
export interface Bracket {
  readonly size: number
  /** Number of a page that begins certainly before the range. */
  readonly above: number
  /** Number of one that does not; null while none is known. */
  readonly below: number | null
  /** Number of the page to look at next. */
  readonly aim: number
}

/** How far the search for the page on which the wanted span begins has come. */
export interface Seek {
  readonly bracket: Bracket
  /** The page `above`, where it was looked at in this answer. */
  readonly aboveView: PageView | null
  /** A short page that may have been cut; the next page shows where it lies. */
  readonly doubted: PageView | null
}

/** What a page showed of where the span begins. */
export type Sought = (
  | { readonly kind: 'look'; readonly span: PageSpan; readonly seek: Seek; readonly cap: number }
  /** The page to begin with. */
  | { readonly kind: 'found'; readonly view: PageView; readonly cap: number }
) & {
  /** How many rows the source was seen to count and not to list; absent where none. */
  readonly hidden?: number
}

export function beginSeek(bracket: Bracket | null, cap: number): Seek {
  const { size, ...rest } = bracket ?? { size: cap, above: 1, below: null, aim: 1 }
  return { bracket: { ...rest, size: Math.min(size, cap) }, aboveView: null, doubted: null }
}

export function aimOf({ bracket: { aim, size } }: Seek): PageSpan {
  return { number: aim, size }
}

/**
 * Finds the page on which a span of time begins by halving: never more than 2 + log2(P) pages in a list of P pages,
 * the first and the found one included. Where the source does not tell how many there are, it first gallops to beyond
 * the span, as far as the traffic on the page before suggests. What an earlier answer knew may have moved since; so a
 * page is given only after it was seen to be the right one.
 *
 * @param cap the largest page that the server is known to serve
 */
export function seekSpan(seek: Seek, order: ListOrder, view: PageView, cap: number): Sought {
  const { doubted } = seek
  if (doubted !== null) return locateDoubted(seek, order, doubted, view, cap)
  if (view.verdict !== 'unsure' || view.rows.length === 0) return see(seek, order, view, cap)
  const size = Math.max(SMALLEST_CAP, view.rows.length)
  if (view.requested.number === 1) return see(seek, order, { ...view, cap: size }, Math.min(cap, size))
  return { kind: 'look', span: spanFrom(view.start, SMALLEST_CAP), seek: { ...seek, doubted: view }, cap }
}

/**
 * A short page may have been cut to a lower limit, and then lies where the page of its number and of that size lies.
 * A page too small to be cut, asked for where this one seems to lie, shows it.
 */
function locateDoubted(
  seek: Seek,
  order: ListOrder,
  doubted: PageView,
  probe: PageView,
  cap: number,
): Sought {
  const size = Math.max(SMALLEST_CAP, doubted.rows.length)
  const cutStart = startOf({ number: doubted.requested.number, size })
  if (likelierStart(doubted, probe, cutStart) === doubted.start) {
    // It was not cut: it is the last one, or lacks rows that the server left out after it had cut it.
    const saysMore = doubted.figures === 'more'
    const isCounted = saysMore && doubted.total !== null && doubted.total === probe.total
    const missing =
      Math.min(doubted.requested.size, (doubted.total ?? 0) - doubted.start) - doubted.rows.length
    const view = { ...doubted, verdict: saysMore ? ('more' as const) : ('end' as const) }
    const sought = see({ ...seek, doubted: null }, order, view, cap)
    const hidden = isCounted ? Math.max(0, missing) : 0
    // As many rows may have come since as make a cut page seem to lie there: that it is the last one is still to be seen.
    const isLast = sought.kind === 'found' && sought.view === view && view.verdict === 'end'
    return isLast ? { ...sought, view: { ...view, verdict: 'unsure' }, hidden } : { ...sought, hidden }
  }
  const lowered = Math.min(cap, size)
  const anew = {
    ...beginSeek(null, size),
    bracket: { size, above: 1, below: null, aim: doubted.requested.number },
  }
  return see(anew, order, { ...doubted, cap: size, verdict: 'more', start: cutStart }, lowered)
}

/** Where a page lies by what another page shows, which lies where it seems to. */
function likelierStart(view: PageView, other: PageView, otherwise: number): number {
  for (const [position, { id }] of other.rows.entries()) {
    const index = id === null ? -1 : view.rows.findIndex((row) => row.id === id)
    if (index === -1) continue
    const start = other.start + position - index
    return Math.abs(start - view.start) < Math.abs(start - otherwise) ? view.start : otherwise
  }
  return otherwise
}

function see(seek: Seek, order: ListOrder, view: PageView, cap: number): Sought {
  const number = seek.bracket.aim
  let { size, above, below } = seek.bracket
  let { aboveView } = seek
  // Pages are smaller than was thought, so none lies where it seemed to lie.
  if (view.cap < size) [size, above, below, aboveView] = [view.cap, 1, null, null]
  if (view.total !== null) below ??= Math.max(1, Math.ceil(view.total / size)) + 1
  const [first, last] = [edgeTime(view, 'first'), edgeTime(view, 'last')]
  if (number > 1 && (first === null || !isBeforeSpan(order, first))) {
    below = number
    if (number <= above) [above, aboveView] = [1, null]
  } else {
    if (last === null || view.verdict === 'end' || !isBeforeSpan(order, last))
      return { kind: 'found', view, cap }
    ;[above, aboveView] = [number, view]
    if (below !== null && below <= number) below = null
  }
  if (below !== null && below - above <= 1 && aboveView !== null)
    return { kind: 'found', view: aboveView, cap }
  const aim =
    below === null
      ? above + stride(order, view, above)
      : below - above > 1
        ? Math.floor((above + below) / 2)
        : above
  const bracket = { size, above, below, aim }
  return { kind: 'look', span: { number: aim, size }, seek: { bracket, aboveView, doubted: null }, cap }
}

/** The time of the first or last row; of the middle one of three, so that one row out of place misleads nobody. */
function edgeTime({ rows }: PageView, edge: 'first' | 'last'): number | null {
  const times = rows.flatMap(({ sentAt }) => sentAt ?? [])
  const three = (edge === 'first' ? times.slice(0, 3) : times.slice(-3)).toSorted((a, b) => a - b)
  const end = edge === 'first' ? times[0] : times.at(-1)
  return three.length < 3 ? (end ?? null) : (three[1] ?? null)
}

/** Half as far again as the traffic on a page would put the span, so that it is likely to lie in between. */
function stride(order: ListOrder, view: PageView, above: number): number {
  const [first, last] = [edgeTime(view, 'first') ?? 0, edgeTime(view, 'last') ?? 0]
  const perPage = rankOf(order, last) - rankOf(order, first)
  const pages = (order.first - order.slack - rankOf(order, last)) / perPage
  return Number.isFinite(pages) && pages > 0 ? Math.ceil(1.5 * pages) : above
}
