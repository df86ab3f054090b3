import type { StreamOrder } from './order.js'
import { type PageSpan, spanFrom } from './page-span.js'
import type { PageView } from './page-view.js'

/** Where to look next for a place in the list, or what the last look told. */
export type Probe =
  | { readonly kind: 'look'; readonly span: PageSpan }
  /** The place lies on the page that was looked at last, or at the end of the list. */
  | { readonly kind: 'here' }
  /** Nothing tells the place any more but the position where it was, which the last page holds. */
  | { readonly kind: 'lost' }

/** How many pages are looked at on either side of the old place when rows do not tell their sort key. */
const BLIND_REACH = 4
/** How many rows before the place a page should begin, so that it shows both sides of it. */
const LEAD = 2

/**
 * Looks for the place of a row that is not where it was, by galloping from there as far as the time of the rows
 * suggests, and then halving. Finds the place also when the row itself is gone, and starts over where the table moved
 * meanwhile.
 */
export class Locator {
  readonly #order: StreamOrder
  readonly #rank: number
  readonly #from: number
  #low: number | null = null
  #high: number | null = null
  #step: number
  /** Pages that remain to be looked at before the search gives its answer; null while it still narrows down. */
  #last: PageSpan[] | null = null

  /** @param sentAt time of the row; @param from where it was */
  constructor(order: StreamOrder, sentAt: number, from: number, cap: number) {
    this.#order = order
    this.#rank = order.rank(sentAt)
    this.#from = from
    this.#step = cap
  }

  /** @param view a page that holds none of the rows that are looked for */
  next(view: PageView): Probe {
    if (!this.#order.followsTime) return this.#blindly(view)
    if (this.#last !== null) {
      const span = this.#last.shift()
      if (span !== undefined) return { kind: 'look', span }
      if (this.#holds(view)) return { kind: 'here' }
      this.#last = null
    }
    if (this.#holds(view)) return this.#settle(view)
    return this.#narrow(view)
  }

  /** Whether the place lies on a page, or behind it at the end of the list. */
  #holds({ rows, start, verdict }: PageView): boolean {
    const [first, last] = [rows[0], rows.at(-1)]
    if (first === undefined || last === undefined) return false
    const begins = start === 0 || this.#order.rank(first.sentAt) < this.#rank
    return begins && (verdict === 'end' || this.#order.rank(last.sentAt) >= this.#rank)
  }

  #narrow(view: PageView): Probe {
    const { rows, start, cap } = view
    const last = rows.at(-1)
    if (last !== undefined && this.#order.rank(last.sentAt) < this.#rank) {
      this.#low = start + rows.length
      if (this.#high !== null && this.#high < this.#low) this.#high = null
    } else {
      this.#high = start
      if (this.#low !== null && this.#low > this.#high) this.#low = null
    }
    if (this.#high === null) return look((this.#low ?? 0) + this.#stride(view), cap)
    if (this.#low === null) return look(this.#high - this.#stride(view), cap)
    return this.#high - this.#low > cap
      ? look(Math.floor((this.#low + this.#high - cap) / 2), cap)
      : look(this.#low - LEAD, cap)
  }

  /** As far as the traffic on a page suggests, and farther each time. */
  #stride({ rows }: PageView): number {
    const [first, last] = [rows[0]?.sentAt ?? 0, rows.at(-1)?.sentAt ?? 0].map((each) =>
      this.#order.rank(each),
    )
    const [begin = 0, end = 0] = [first, last]
    const distance = begin < this.#rank ? this.#rank - end : begin - this.#rank
    const rowsAway = (distance / (end - begin)) * rows.length
    const stride = Math.max(this.#step, Number.isFinite(rowsAway) ? Math.ceil(rowsAway) : 0)
    this.#step *= 2
    return stride
  }

  /** Where times only nearly tell the order, the rows may still be on the page before or behind. */
  #settle({ start, rows, cap, requested }: PageView): Probe {
    if (this.#order.slack === 0) return { kind: 'here' }
    const margin = Math.ceil(cap / 10)
    this.#last = [spanFrom(start + rows.length - margin, cap), requested]
    return look(start + margin - cap, cap)
  }

  #blindly({ cap }: PageView): Probe {
    this.#last ??= this.#aroundOldPlace(cap)
    const span = this.#last.shift()
    return span === undefined ? { kind: 'lost' } : { kind: 'look', span }
  }

  #aroundOldPlace(cap: number): PageSpan[] {
    const distances = Array.from({ length: BLIND_REACH }, (_, index) => [
      -(index + 1) * cap,
      (index + 1) * cap,
    ])
    return [...distances.flat(), -Math.ceil(cap / 2)].map((distance) => spanFrom(this.#from + distance, cap))
  }
}

function look(start: number, cap: number): Probe {
  return { kind: 'look', span: spanFrom(start, cap) }
}
