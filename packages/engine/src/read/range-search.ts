import type { StreamOrder } from './order.js'
import type { PageView } from './page-view.js'

/** Between which pages the start of a range is being looked for, and where next. */
export interface Bracket {
  readonly size: number
  /** Number of a page that begins certainly before the range. */
  readonly above: number
  /** Number of one that does not; null while none is known. */
  readonly below: number | null
  readonly aim: number
}

/**
 * Finds the page on which a span of time begins by halving: never more than 2 + log2(P) pages in a list of P pages,
 * the first and the found one included. Where the source does not tell how many there are, it first gallops to beyond
 * the span, as far as the traffic on the page before suggests.
 *
 * What an earlier answer knew may have moved since; so a page is given only after it was seen to be the right one.
 */
export class RangeSearch {
  readonly #order: StreamOrder
  #size: number
  #above: number
  #below: number | null
  #aim: number
  #aboveView: PageView | null = null

  constructor(order: StreamOrder, { size, above, below, aim }: Bracket) {
    this.#order = order
    this.#size = size
    this.#above = above
    this.#below = below
    this.#aim = aim
  }

  /** What to go on with, in a later answer too. */
  get bracket(): Bracket {
    return { size: this.#size, above: this.#above, below: this.#below, aim: this.#aim }
  }

  /** Takes in the page that was aimed at; the page to begin with once it is known, else null. */
  see(view: PageView): PageView | null {
    const number = this.#aim
    if (view.cap < this.#size) this.#narrow(view.cap)
    if (view.total !== null) this.#below ??= Math.max(1, Math.ceil(view.total / this.#size)) + 1
    const [first, last] = [view.rows[0], view.rows.at(-1)]
    if (number > 1 && (first === undefined || !this.#order.isBefore(first.sentAt))) this.#fall(number)
    else {
      this.#rise(number, view)
      if (last === undefined || view.verdict === 'end' || !this.#order.isBefore(last.sentAt)) return view
    }
    if (this.#below === null) this.#aim = this.#above + this.#stride(view)
    else if (this.#below - this.#above > 1) this.#aim = Math.floor((this.#above + this.#below) / 2)
    else if (this.#aboveView !== null) return this.#aboveView
    else this.#aim = this.#above
    return null
  }

  /** Pages are smaller than was thought, so none lies where it seemed to lie. */
  #narrow(size: number): void {
    this.#size = size
    this.#above = 1
    this.#below = null
    this.#aboveView = null
  }

  #fall(number: number): void {
    this.#below = number
    if (number > this.#above) return
    this.#above = 1
    this.#aboveView = null
  }

  #rise(number: number, view: PageView): void {
    this.#above = number
    this.#aboveView = view
    if (this.#below !== null && this.#below <= number) this.#below = null
  }

  /** Half as far again as the traffic on a page would put the span, so that it is likely to lie in between. */
  #stride({ rows }: PageView): number {
    const [first, last] = [rows[0]?.sentAt ?? 0, rows.at(-1)?.sentAt ?? 0]
    const perPage = this.#order.rank(last) - this.#order.rank(first)
    const pages = (this.#order.firstRank - this.#order.rank(last)) / perPage
    return Number.isFinite(pages) && pages > 0 ? Math.ceil(1.5 * pages) : this.#above
  }
}
