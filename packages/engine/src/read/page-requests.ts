import { planAhead } from './plan-ahead.js'
import { nextSpan, type PageSpan, readsOn } from './page-span.js'
import { type PageView, viewPage } from './page-view.js'
import { listRequest, type Stream } from './stream-reader.js'

/** How many rows consecutive pages have in common. */
export interface Overlaps {
  /** What the rows that were read call for. */
  readonly least: number
  /** What is likely to be called for further on, at least as much. */
  readonly likely: number
  /** More, in case the table shrinks meanwhile. */
  readonly margin: number
}

/** Asks for pages of one stream, and knows what was learned from those that came. */
export class PageRequests {
  readonly #stream: Stream
  readonly #underWay: Promise<unknown>[] = []
  #planned: readonly PageSpan[] = []
  #since: number
  #cap: number
  #served = 1
  #looked = false
  #total: number | null = null
  #parameters: readonly string[] = []

  /** @param cap the largest page that the server is known to serve, for all that is known */
  constructor(stream: Stream, cap: number) {
    this.#stream = stream
    this.#since = stream.reading.begunAt
    this.#cap = cap
  }

  /** The largest page that the server is known to serve. */
  get cap(): number {
    return this.#cap
  }

  /** The most rows that came on one page. */
  get served(): number {
    return this.#served
  }

  /** Whether any page was looked at. */
  get looked(): boolean {
    return this.#looked
  }

  /** How many rows the upstream's own filter selects; null where it does not tell. */
  get total(): number | null {
    return this.#total
  }

  /** The parameters that the upstream answered; empty until something came. */
  get parameters(): readonly string[] {
    return this.#parameters
  }

  /** Lets only pages serve that come after `time`. */
  since(time: number): void {
    this.#since = time
  }

  /** What was planned for larger pages does not fit smaller ones. */
  lower(cap: number): void {
    if (cap < this.#cap) this.#planned = []
    this.#cap = Math.min(this.#cap, cap)
  }

  /** Whether a page can be had without a request. */
  keeps(span: PageSpan): boolean {
    const { store, reading } = this.#stream
    const since = { ...reading, begunAt: this.#since }
    return store.peek(listRequest(this.#stream, { kind: 'page', ...span }), since) !== null
  }

  /** @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted */
  async look(span: PageSpan): Promise<PageView> {
    const { store, reading } = this.#stream
    const request = listRequest(this.#stream, { kind: 'page', ...span })
    const page = await store.fetch(request, { ...reading, begunAt: this.#since })
    const view = viewPage(span, this.#cap, page)
    this.#looked = true
    this.#served = Math.max(this.#served, view.rows.length)
    this.lower(view.cap)
    this.#total = view.total
    this.#parameters = view.parameters
    return view
  }

  /** The page that reads on from `end`: one that is on its way or kept already, where it shares enough rows. */
  following(end: number, { least, likely, margin }: Overlaps, cap: number): PageSpan {
    const planned = this.#planned.find((span) => readsOn(span, end, least))
    if (planned !== undefined) return planned
    for (let overlap = least; overlap <= likely + margin; overlap += 1) {
      const span = nextSpan(end, overlap, cap)
      if (readsOn(span, end, least) && this.keeps(span)) return span
    }
    return nextSpan(end, least + margin, cap)
  }

  /** Begins to fetch the pages that bring the next `wanted` rows after `end`, side by side. */
  fetchAhead(end: number, wanted: number, overlaps: Overlaps, cap: number): void {
    const { plan, reading, store } = this.#stream
    if (this.#total === null || plan.local.length > 0 || reading.budget.isLimited) return
    const goal = Math.min(end + wanted, this.#total)
    if (goal <= end) return
    const next = this.following(end, overlaps, cap)
    const begun = this.#planned.includes(next) ? this.#planned.slice(this.#planned.indexOf(next)) : [next]
    this.#planned = planAhead(begun, goal, overlaps.likely + overlaps.margin, cap)
    if (this.#planned.length < 2) return
    for (const span of this.#planned) {
      const fetched = store.fetch(listRequest(this.#stream, { kind: 'page', ...span }), reading)
      // A failure is met again, and told, when the page is needed.
      this.#underWay.push(fetched.catch(() => undefined))
    }
  }

  /** Waits for what was fetched ahead. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }
}
