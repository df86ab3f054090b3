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

/**
 * Looks for the place of a row that is not where it was, by galloping from there by the time of the rows and then
 * halving. Finds the place also when the row itself is gone.
 */
export class Locator {
  readonly #order: StreamOrder
  readonly #rank: number
  readonly #from: number
  #low: number | null = null
  #high: number | null = null
  #step: number
  #straddled = false
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
    this.#last ??= this.#order.followsTime ? null : this.#aroundOldPlace(view.cap)
    if (this.#last !== null) return this.#finish(this.#last)
    const first = view.rows[0]
    const last = view.rows.at(-1)
    if (first === undefined || last === undefined) this.#high = view.start
    else if (this.#order.rank(last.sentAt) < this.#rank) {
      if (view.verdict === 'end') return this.#settle(view)
      this.#low = view.start + view.rows.length
    } else if (view.start > 0 && this.#order.rank(first.sentAt) >= this.#rank) this.#high = view.start
    else return this.#settle(view)
    return this.#narrow(view)
  }

  #narrow(view: PageView): Probe {
    const { cap } = view
    if (this.#high === null) return look((this.#low ?? 0) + this.#stride(), cap)
    if (this.#low === null) return look(this.#high - this.#stride(), cap)
    if (this.#high > this.#low) return look(Math.floor((this.#low + this.#high - cap) / 2), cap)
    // The place lies between two pages: one that covers both its sides settles it.
    if (this.#straddled) return this.#settle(view)
    this.#straddled = true
    return look(this.#low - Math.ceil(cap / 2), cap)
  }

  #stride(): number {
    const stride = this.#step
    this.#step *= 2
    return stride
  }

  /** Where times only nearly tell the order, the rows may still be on the page before or behind. */
  #settle({ start, rows, cap, requested }: PageView): Probe {
    const margin = Math.ceil(cap / 10)
    const around = [
      spanFrom(start + margin - cap, cap),
      spanFrom(start + rows.length - margin, cap),
      requested,
    ]
    this.#last = this.#order.slack === 0 ? [] : around
    return this.#finish(this.#last)
  }

  #aroundOldPlace(cap: number): PageSpan[] {
    const distances = Array.from({ length: BLIND_REACH }, (_, index) => [
      -(index + 1) * cap,
      (index + 1) * cap,
    ])
    return [...distances.flat(), -Math.ceil(cap / 2)].map((distance) => spanFrom(this.#from + distance, cap))
  }

  #finish(pending: PageSpan[]): Probe {
    const span = pending.shift()
    if (span !== undefined) return { kind: 'look', span }
    return { kind: this.#order.followsTime ? 'here' : 'lost' }
  }
}

function look(start: number, cap: number): Probe {
  return { kind: 'look', span: spanFrom(start, cap) }
}
