import type { StreamPosition } from '../cursor/position.js'
import type { StreamOrder } from './order.js'
import type { PageRequests } from './page-requests.js'
import { spanFrom, startOf } from './page-span.js'
import { type PageView, SMALLEST_CAP } from './page-view.js'
import { RangeSearch } from './range-search.js'

/** How many pages may be looked at in a list that keeps changing. */
const MAX_LOOKS = 48

/** Finds the page that a traversal begins with: the first one, or the one on which the wanted span begins. */
export class FirstPage {
  readonly #pages: PageRequests
  readonly #order: StreamOrder
  readonly #origin: StreamPosition
  #search: RangeSearch | null = null

  constructor(pages: PageRequests, order: StreamOrder, origin: StreamPosition) {
    this.#pages = pages
    this.#order = order
    this.#origin = origin
  }

  /** What to go on with in a later answer, as long as it was not found. */
  get position(): StreamPosition {
    return this.#search === null || !this.#order.startsLate
      ? this.#origin
      : { at: 'seek', ...this.#search.bracket }
  }

  /**
   * @returns null when the list changed too much and too often to be followed
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async find(): Promise<PageView | null> {
    const beginning = { size: this.#pages.cap, above: 1, below: null, aim: 1 }
    const origin = this.#origin.at === 'seek' ? this.#origin : beginning
    this.#search ??= new RangeSearch(this.#order, { ...origin, size: Math.min(origin.size, this.#pages.cap) })
    for (let looks = 0; looks < MAX_LOOKS; looks += 1) {
      const { aim, size } = this.#search.bracket
      const view = await this.#placed(await this.#pages.look({ number: aim, size }), this.#search)
      const found = this.#order.startsLate ? this.#search.see(view) : view
      if (found !== null) return found
    }
    return null
  }

  /**
   * A short page may have been cut to a lower limit, and then lies where the page of its number and of that size lies.
   * A page too small to be cut, asked for where this one seems to lie, tells it.
   */
  async #placed(view: PageView, search: RangeSearch): Promise<PageView> {
    if (view.verdict !== 'unsure' || view.rows.length === 0) return view
    const size = Math.max(SMALLEST_CAP, view.rows.length)
    const { number } = view.requested
    if (number === 1) return { ...view, cap: size }
    // When the budget ends here, the next answer looks again as if it had been cut.
    this.#search = new RangeSearch(this.#order, { size, above: 1, below: null, aim: number })
    const cutStart = startOf({ number, size })
    const probe = await this.#pages.look(spanFrom(view.start, SMALLEST_CAP))
    const start = likelierStart(view, probe, cutStart)
    if (start === view.start) {
      this.#search = search
      return { ...view, verdict: 'end' }
    }
    this.#pages.lower(size)
    return { ...view, cap: size, verdict: 'more', start }
  }
}

/** Where a page lies by what another page shows, which lies where it seems to. */
function likelierStart(view: PageView, other: PageView, otherwise: number): number {
  for (const [position, { upstreamId }] of other.rows.entries()) {
    const index = view.rows.findIndex((row) => row.upstreamId === upstreamId)
    if (index === -1) continue
    const start = other.start + position - index
    return Math.abs(start - view.start) < Math.abs(start - otherwise) ? view.start : otherwise
  }
  return otherwise
}
