import type { StreamOrder } from './order.js'
import { type PageSpan, spanFrom } from './page-span.js'
import type { PageView } from './page-view.js'

/** Where to look next for a place in the list, or that there is nothing left to look for. */
export type Probe =
  | { readonly kind: 'look'; readonly span: PageSpan }
  | { readonly kind: 'here' }
  | { readonly kind: 'lost' }

const MAX_BLIND_PROBES = 8

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
  #blind = 0
  #straddled = false

  /** @param sentAt time of the row; @param from where it was */
  constructor(order: StreamOrder, sentAt: number, from: number, cap: number) {
    this.#order = order
    this.#rank = order.rank(sentAt)
    this.#from = from
    this.#step = cap
  }

  /**
   * @param view a page that holds none of the rows that are looked for
   * @returns `here` when the place lies within this page, or at the end of the list
   */
  next(view: PageView): Probe {
    if (!this.#order.followsTime) return this.#nextBlind(view)
    const first = view.rows[0]
    const last = view.rows.at(-1)
    if (first === undefined || last === undefined) this.#high = view.start
    else if (this.#order.rank(last.sentAt) < this.#rank) {
      if (view.verdict === 'end') return { kind: 'here' }
      this.#low = view.start + view.rows.length
    } else if (view.start > 0 && this.#order.rank(first.sentAt) > this.#rank) this.#high = view.start
    else return { kind: 'here' }
    return this.#bisect(view.cap)
  }

  #bisect(cap: number): Probe {
    const low = this.#low ?? 0
    if (this.#high === null) return this.#look(this.#gallop(low, 1), cap)
    if (this.#low === null) return this.#look(Math.max(0, this.#gallop(this.#high, -1)), cap)
    if (this.#high <= low) return this.#straddle(low, cap)
    return this.#look(Math.max(0, Math.floor((low + this.#high - cap) / 2)), cap)
  }

  /** The place lies between two pages: one that covers both its sides settles it. */
  #straddle(place: number, cap: number): Probe {
    if (this.#straddled) return { kind: 'here' }
    this.#straddled = true
    return this.#look(Math.max(0, place - Math.ceil(cap / 2)), cap)
  }

  #gallop(from: number, direction: 1 | -1): number {
    const target = from + direction * this.#step
    this.#step *= 2
    return target
  }

  /** The order says nothing about time (rows are sorted by when they last changed): look around the old place. */
  #nextBlind({ cap }: PageView): Probe {
    this.#blind += 1
    if (this.#blind > MAX_BLIND_PROBES) return { kind: 'lost' }
    const distance = Math.ceil(this.#blind / 2) * cap
    return this.#look(Math.max(0, this.#from + (this.#blind % 2 === 1 ? -distance : distance)), cap)
  }

  #look(start: number, cap: number): Probe {
    return { kind: 'look', span: spanFrom(start, cap) }
  }
}
