import type { StreamOrder } from './order.js'
import type { PageView } from './page-view.js'

interface Point {
  readonly index: number
  readonly rank: number
}

/**
 * Finds the page on which a span of time begins, by interpolating between the times that were seen and, where that
 * does not pay, by halving: never more than 1 + log2(P) pages after the first one, in a list of P pages.
 *
 * `above` is a page that begins certainly before the span, `below` one that does not.
 */
export class RangeSearch {
  readonly #order: StreamOrder
  readonly #size: number
  #above: number
  #below: number | null
  #aboveView: PageView | null = null
  #aboveEnd: Point | null = null
  #belowStart: Point | null = null
  #first: Point | null = null
  #left: number | null = null

  constructor(order: StreamOrder, size: number, above = 1, below: number | null = null) {
    this.#order = order
    this.#size = size
    this.#above = above
    this.#below = below
  }

  /** The page number to look at next. */
  get next(): number {
    if (this.#aboveView === null) return this.#above
    if (this.#below === null) return Math.max(this.#above + 1, this.#extrapolate() ?? 2 * this.#above)
    const inside = this.#below - this.#above
    const halving = Math.ceil(Math.log2(inside))
    const guess = this.#left !== null && this.#left <= halving ? null : this.#interpolate()
    const middle = this.#above + Math.floor(inside / 2)
    return Math.min(this.#below - 1, Math.max(this.#above + 1, guess ?? middle))
  }

  /** What to go on with in a later answer. */
  get bracket(): { readonly size: number; readonly above: number; readonly below: number | null } {
    return { size: this.#size, above: this.#above, below: this.#below }
  }

  /** Takes in a page that was looked at; the page to begin with once it is known, else null. */
  see(number: number, view: PageView): PageView | null {
    this.#bound(view)
    if (this.#left !== null) this.#left -= 1
    const first = view.rows[0]
    const last = view.rows.at(-1)
    if (number > 1 && (first === undefined || !this.#order.isBefore(first.sentAt)))
      return this.#fall(number, view)
    this.#above = number
    this.#aboveView = view
    if (last === undefined || view.verdict === 'end' || !this.#order.isBefore(last.sentAt)) return view
    this.#aboveEnd = { index: view.start + view.rows.length - 1, rank: this.#order.rank(last.sentAt) }
    if (first !== undefined) this.#first ??= { index: view.start, rank: this.#order.rank(first.sentAt) }
    return this.#settled()
  }

  #fall(number: number, view: PageView): PageView | null {
    const first = view.rows[0]
    this.#below = number
    this.#belowStart =
      first === undefined ? null : { index: view.start, rank: this.#order.rank(first.sentAt) }
    // Rows moved since an earlier answer looked: what was above is not any more.
    if (number <= this.#above) {
      this.#above = 1
      this.#aboveView = null
    }
    return this.#settled()
  }

  #settled(): PageView | null {
    return this.#below !== null && this.#below - this.#above <= 1 ? this.#aboveView : null
  }

  #bound(view: PageView): void {
    if (view.total === null || this.#left !== null) return
    const pages = Math.max(1, Math.ceil(view.total / this.#size))
    this.#left = 2 + Math.floor(Math.log2(pages))
    this.#below ??= pages + 1
  }

  #interpolate(): number | null {
    if (this.#belowStart === null) return this.#extrapolate()
    const from = this.#aboveEnd
    if (from === null) return null
    const share = (this.#order.firstRank - from.rank) / (this.#belowStart.rank - from.rank)
    return this.#pageOf(from.index + share * (this.#belowStart.index - from.index))
  }

  #extrapolate(): number | null {
    if (this.#first === null || this.#aboveEnd === null || this.#aboveEnd.rank === this.#first.rank)
      return null
    const perRank = (this.#aboveEnd.index - this.#first.index) / (this.#aboveEnd.rank - this.#first.rank)
    return this.#pageOf(this.#aboveEnd.index + (this.#order.firstRank - this.#aboveEnd.rank) * perRank)
  }

  #pageOf(index: number): number | null {
    return Number.isFinite(index) ? Math.floor(index / this.#size) + 1 : null
  }
}
