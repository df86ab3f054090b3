import type { FetchedPage } from '../fetch/fetched-page.js'
import { now } from '../fetch/monotonic-time.js'
import { nextSpan, type PageSpan, readsOn, stopOf } from './page-walk/span.js'
import type { Ask, Overlaps } from './page-walk/state.js'
import { listRequest, type Stream } from './stream-reader.js'

/** Most pages that are fetched side by side before it is known what the first of them brings. Test: side-by-side. */
const MAX_SIDE_BY_SIDE = 4

/** Fetches the pages that a walk asks for, from what is kept or is under way where that will do. */
export class PageRequests {
  readonly #stream: Stream
  readonly #underWay: Promise<unknown>[] = []
  #planned: readonly PageSpan[] = []
  #since: number
  /** No page that came before will do. */
  #earliest: number
  #lookedAt: number

  /**
   * @param seenAt when the newest page was asked for that the answers before this one looked at, perhaps by another clock
   * @param isLasting as for `keepOrder`
   */
  constructor(stream: Stream, seenAt: number, isLasting: boolean) {
    this.#stream = stream
    this.#lookedAt = Math.min(seenAt, now())
    const { begunAt } = stream.reading
    this.#earliest = isLasting ? Math.max(begunAt, this.#lookedAt) : begunAt
    this.#since = this.#earliest
  }

  /** When the newest page was asked for that was looked at, in this answer or before it, by `now()`. */
  get lookedAt(): number {
    return this.#lookedAt
  }

  /**
   * The page that is asked for, or another one that is here and will do.
   *
   * @param end where the rows that were read end
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async fetch(
    ask: Ask,
    end: number,
    cap: number,
  ): Promise<{ readonly span: PageSpan; readonly page: FetchedPage; readonly isStale: boolean }> {
    const { reading, store } = this.#stream
    if (!ask.isFresh) this.#since = this.#earliest
    const span = this.#choose(ask, end, cap)
    const request = listRequest(this.#stream, { kind: 'page', ...span })
    const page = await store.fetch(request, { ...reading, begunAt: this.#since })
    // Where kept pages contradict each other, only newer ones can help. One that an answer with a budget has fetched
    // and could not use any more helps the next one.
    this.#since = page.answeredAt
    return { span, page, isStale: page.answeredAt < this.#lookedAt }
  }

  /**
   * Takes in that a page was looked at, also where it brought no rows: it may be the one that the position lies in.
   * @param isLasting whether no page may serve any more that came before: where times do not show the order, it could
   *   bring back rows that are passed
   */
  keepOrder({ askedAt }: FetchedPage, isLasting: boolean): void {
    this.#lookedAt = Math.max(this.#lookedAt, askedAt)
    if (isLasting) this.#earliest = this.#lookedAt
  }

  /** Forgets what was planned: it does not fit pages of another size. */
  replan(): void {
    this.#planned = []
  }

  /** Begins to fetch the pages that bring the rows from `end` up to `goal`, side by side. */
  fetchAhead(end: number, goal: number, overlaps: Overlaps, cap: number): void {
    const { plan, reading, store } = this.#stream
    if (plan.local.length > 0 || reading.budget.isLimited || goal <= end) return
    const next = this.#readingOn(end, overlaps, cap) ?? nextSpan(end, overlaps.alone, cap)
    const spans = this.#planned.includes(next) ? this.#planned.slice(this.#planned.indexOf(next)) : [next]
    for (
      let last = spans.at(-1);
      last !== undefined && spans.length < MAX_SIDE_BY_SIDE;
      last = spans.at(-1)
    ) {
      if (stopOf(last) >= goal) break
      spans.push(nextSpan(stopOf(last), overlaps.most, cap))
    }
    this.#planned = spans
    if (spans.length < 2) return
    for (const span of spans) {
      const fetched = store.fetch(listRequest(this.#stream, { kind: 'page', ...span }), reading)
      // A failure is met again, and reported, when the page is needed.
      this.#underWay.push(fetched.catch(() => undefined))
    }
  }

  /** Waits for what was fetched ahead. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  #choose({ span, orReadingOn, orKept }: Ask, end: number, cap: number): PageSpan {
    if (orKept !== null) {
      if (this.#keeps(orKept)) return orKept
      // What is kept here was read by others, and may be older than the page that the position lay in.
      this.#earliest = Math.max(this.#earliest, this.#lookedAt)
      this.#since = this.#earliest
    }
    return (orReadingOn === null ? null : this.#readingOn(end, orReadingOn, cap)) ?? span
  }

  /** A page that reads on from `end`, and is on its way or kept already. */
  #readingOn(end: number, { least, most }: Overlaps, cap: number): PageSpan | null {
    const planned = this.#planned.find((span) => readsOn(span, end, least))
    if (planned !== undefined) return planned
    for (let overlap = least; overlap <= most; overlap += 1) {
      const span = nextSpan(end, overlap, cap)
      if (readsOn(span, end, least) && this.#keeps(span)) return span
    }
    return null
  }

  /** Whether a page can be had without a request. */
  #keeps(span: PageSpan): boolean {
    const { store, reading } = this.#stream
    const request = listRequest(this.#stream, { kind: 'page', ...span })
    return store.peek(request, { ...reading, begunAt: this.#since }) !== null
  }
}
