import type { Message } from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import { now } from '../fetch/now.js'
import { admit } from './admit.js'
import { Chain } from './chain.js'
import { Locator } from './locator.js'
import { StreamOrder } from './order.js'
import { nextSpan, type PageSpan, spanFrom, startOf, stopOf } from './page-span.js'
import { type PageView, SMALLEST_CAP, viewPage } from './page-view.js'
import { planAhead } from './plan-ahead.js'
import { RangeSearch } from './range-search.js'
import { splitByTime } from './split-by-time.js'
import { listRequest, type Stream } from './stream-reader.js'

/** How many requests may be spent on one place of a list that keeps changing. */
const MAX_TRIES = 48
/** How many pages are looked at before one that shares fewer rows than it should is taken. */
const PATIENT_STEPS = 8
/** How often a step may pass over rows that were read before, on trust that they still exist. */
const FAR_STEPS = 3
/** Most rows that pages share beyond what is needed. */
const MAX_MARGIN = 8

/**
 * Walks page numbers over a table that changes meanwhile, and puts its rows in a chain, each once. Consecutive pages
 * share rows; a page counts only when what it shares proves that it follows on what was read (see {@link admit}).
 */
export class PageWalk {
  readonly chain: Chain
  readonly order: StreamOrder
  readonly #stream: Stream
  readonly #origin: StreamPosition
  readonly #ahead: readonly string[]
  readonly #underWay: Promise<unknown>[] = []
  #planned: readonly PageSpan[] = []
  /** Where the chain ended in the list when it was last seen: the position after its last row, counted from 0. */
  #end: number
  /** Pages that came before this do not serve. */
  #since: number
  readonly #largest: number
  #cap: number
  /** Learned from how much the table shrinks between two requests. */
  #margin = 0
  /** Set while it is open whether a page was the last one or was cut: the size that the server serves if it was. */
  #suspectedCap: number | null = null
  #lowered = false
  #search: RangeSearch | null = null
  #looked = false
  #ended: boolean
  #total: number | null = null
  #parameters: readonly string[] = []
  #doubt: string | null = null

  constructor(stream: Stream, position: StreamPosition) {
    const { paging, maxSkewMs } = stream.reading.source.provider.capabilities
    const row = position.at === 'row' ? position : null
    this.#largest = paging.kind === 'page' ? paging.maxPageSize : 1
    this.order = new StreamOrder(stream.plan.sort, maxSkewMs, stream.plan.bounds)
    this.chain = new Chain(this.order, row)
    this.#stream = stream
    this.#since = stream.reading.begunAt
    this.#origin = position
    this.#ahead = row?.ahead ?? []
    this.#end = row === null ? 0 : row.hint.index + 1
    this.#ended = position.at === 'end'
    this.#cap = Math.min(this.#largest, row?.hint.cap ?? this.#largest)
  }

  /** Whether the chain holds everything that there is to read. */
  get ended(): boolean {
    return this.#ended
  }

  get total(): number | null {
    return this.#total
  }

  get parameters(): readonly string[] {
    return this.#parameters
  }

  get doubt(): string | null {
    return this.#doubt
  }

  /** Whether the list is known to go on behind the chain. */
  get goesOn(): boolean {
    return !this.#ended && this.#total !== null && this.#end < this.#total
  }

  /** The largest page that the server is likely to serve, as far as is known. */
  get likelyCap(): number {
    return Math.min(this.#cap, this.#suspectedCap ?? this.#cap)
  }

  /** The position of a walk that has not found where to begin yet. */
  get unbegun(): StreamPosition {
    return this.#search === null ? this.#origin : { at: 'seek', ...this.#search.bracket }
  }

  end(): void {
    this.#ended = true
  }

  async settle(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }

  /**
   * Adds at least one row to the chain, or ends it.
   * @returns false when the list changed too much and too often to be followed
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async readOn(): Promise<boolean> {
    if (this.chain.length === 0) return this.#begin()
    this.#since = this.#stream.reading.begunAt
    const kept = this.#keptSpan()
    let span: PageSpan | null = kept ?? (await this.#following())
    let locator: Locator | null = null
    for (let tries = 0; span !== null && tries < MAX_TRIES; tries += 1) {
      const view = await this.#look(span)
      const overlap = tries < PATIENT_STEPS ? this.#requiredOverlap() : this.#leastOverlap()
      const admission = admit(view.rows, view.start, this.chain, overlap, this.#ahead)
      if (admission.kind === 'joined') {
        const far = tries < FAR_STEPS && admission.beyond > this.#cap / 2
        span = await this.#join(view, admission.fresh, admission.end + (far ? admission.beyond : 0))
      } else if (admission.kind === 'too-low') span = this.#stepBack(view, admission.missing)
      else {
        locator ??= new Locator(
          this.order,
          this.chain.at(this.chain.length - 1)?.sentAt ?? 0,
          this.#end,
          this.#cap,
        )
        span = await this.#relocate(view, locator)
      }
      // Where kept pages contradict each other, only what is asked for from now on can help.
      if (tries > 0 || kept === null || admission.kind !== 'joined') this.#since = now()
    }
    return span === null
  }

  /** Begins to fetch the pages that bring the next `wanted` rows, side by side. */
  fetchAhead(wanted: number): void {
    const { plan, reading, store } = this.#stream
    if (this.#total === null || this.#ended || this.#suspectedCap !== null) return
    if (plan.local.length > 0 || reading.budget.isLimited) return
    const overlap = this.#requiredOverlap() + this.#margin
    this.#planned = planAhead(this.#end, wanted, this.#total, overlap, this.#cap)
    if (this.#planned.length < 2) return
    for (const span of this.#planned) {
      const fetched = store.fetch(listRequest(this.#stream, { kind: 'page', ...span }), reading)
      // A failure is met again, and told, when the page is needed.
      this.#underWay.push(fetched.catch(() => undefined))
    }
  }

  /** A new traversal begins with the first page, or with the one on which the wanted span begins. */
  async #begin(): Promise<boolean> {
    const { at } = this.#origin
    const beginning = { size: this.#cap, above: 1, below: null, aim: 1 }
    this.#search ??= new RangeSearch(this.order, at === 'seek' ? this.#origin : beginning)
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { aim, size } = this.#search.bracket
      const view = await this.#placed(await this.#look({ number: aim, size }), this.#search)
      const first = this.order.startsLate ? this.#search.see(view) : view
      if (first === null) continue
      this.#append(first, [...first.rows.keys()], first.start + first.rows.length)
      this.#conclude(first)
      return true
    }
    return false
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
    this.#search = new RangeSearch(this.order, { size, above: 1, below: null, aim: number })
    const probe = await this.#look(spanFrom(view.start, SMALLEST_CAP))
    if (probe.rows.some(({ upstreamId }) => view.rows.some((row) => row.upstreamId === upstreamId))) {
      this.#search = search
      return { ...view, verdict: 'end' }
    }
    this.#lower(size)
    return { ...view, cap: size, verdict: 'more', start: startOf({ number, size }) }
  }

  /** The page that the position lies in costs nothing while it is kept. */
  #keptSpan(): PageSpan | null {
    if (this.#looked || this.#origin.at !== 'row') return null
    const { number, size } = this.#origin.hint
    const request = listRequest(this.#stream, { kind: 'page', number, size })
    return this.#stream.store.peek(request, this.#stream.reading) === null ? null : { number, size }
  }

  /** The page that follows on the chain; null when nothing follows. */
  async #following(): Promise<PageSpan | null> {
    if (this.#suspectedCap !== null) {
      if (await this.#isLast()) {
        this.#ended = true
        return null
      }
      this.#lower(this.#suspectedCap)
      this.#suspectedCap = null
    }
    return this.#nextSpan()
  }

  /** Whether nothing follows on the chain: asked with a page too small to be cut. */
  async #isLast(): Promise<boolean> {
    for (let step = 1; ; step *= 2) {
      const span = nextSpan(this.#end, this.#requiredOverlap(), SMALLEST_CAP)
      const { rows } = await this.#look(span)
      if (rows.length > 0) return rows.length < span.size && this.#knowsAll(rows)
      if ([0, this.#end].includes(startOf(span))) return true
      // The list became shorter than it was when the chain was read.
      this.#end = Math.max(0, startOf(span) - step)
    }
  }

  #knowsAll(rows: readonly Message[]): boolean {
    return rows.every((row) => this.chain.indexOf(row.upstreamId) !== undefined)
  }

  #nextSpan(): PageSpan {
    const overlap = this.#requiredOverlap()
    const planned = this.#planned.find(
      (span) => startOf(span) <= this.#end - overlap && stopOf(span) > this.#end,
    )
    return planned ?? nextSpan(this.#end, overlap + this.#margin, this.#cap)
  }

  /** What the rows call for, or as much of it as pages of the served size can share. */
  #requiredOverlap(): number {
    const wanted = this.chain.overlapAt(this.chain.length)
    const shared = this.#end - startOf(nextSpan(this.#end, wanted, this.#cap))
    if (shared <= this.chain.tiesAt(this.chain.length) && shared < this.#end) this.#doubt = TIES
    return Math.max(1, Math.min(wanted, shared))
  }

  /** For a place where rows move about so much that no page shares as many as it should. */
  #leastOverlap(): number {
    if (this.chain.tiesAt(this.chain.length) > 1) this.#doubt = TIES
    return 1
  }

  async #look(span: PageSpan): Promise<PageView> {
    const { store, reading } = this.#stream
    const request = listRequest(this.#stream, { kind: 'page', ...span })
    const page = await store.fetch(request, { ...reading, begunAt: this.#since })
    const view = viewPage(span, this.#cap, page)
    this.#looked = true
    this.#lower(view.cap)
    this.#total = view.total
    this.#parameters = view.parameters
    return view
  }

  /** What was planned for larger pages does not fit smaller ones. */
  #lower(cap: number): void {
    if (cap < this.#cap) this.#planned = []
    this.#cap = Math.min(this.#cap, cap)
  }

  /** @returns the page to look at next, or null when this one brought something or ended the list */
  async #join(view: PageView, fresh: readonly number[], end: number): Promise<PageSpan | null> {
    this.#lowered = false
    this.chain.recall(view.rows)
    // A short page of unknown size may lie elsewhere than it seems.
    this.#append(view, fresh, view.verdict === 'unsure' ? this.#end + fresh.length : end)
    this.#conclude(view)
    return this.#ended || fresh.length > 0 ? null : await this.#following()
  }

  #stepBack(view: PageView, missing: number): PageSpan {
    this.#margin = Math.min(this.#margin + 2, MAX_MARGIN)
    return spanFrom(view.start - missing - this.#margin, this.#cap)
  }

  #append(view: PageView, fresh: readonly number[], end: number): void {
    const { number, size } = view.requested
    for (const [nth, position] of fresh.entries()) {
      const message = view.rows[position]
      if (message === undefined) continue
      const hint = { index: end - fresh.length + nth, number, size, cap: this.#cap }
      this.chain.append({ id: message.upstreamId, sentAt: message.sentAt, message, hint })
    }
    this.#end = end
  }

  #conclude(view: PageView): void {
    if (view.verdict === 'end') this.#ended = true
    if (view.verdict === 'unsure') this.#suspectedCap = Math.max(SMALLEST_CAP, view.rows.length)
  }

  /** None of the rows that were read is on this page: the table moved, or they are gone. */
  async #relocate(view: PageView, locator: Locator): Promise<PageSpan | null> {
    if (view.rows.length === 0 && [0, this.#end].includes(view.start)) {
      this.#ended = true
      return null
    }
    if (view.verdict === 'unsure' && view.rows.length > 0 && view.start > 0 && !this.#lowered) {
      // The server may have cut the page to a lower limit, and then it lies elsewhere.
      this.#lowered = true
      this.#lower(Math.max(SMALLEST_CAP, view.rows.length))
      return await this.#following()
    }
    const probe = locator.next(view)
    if (probe.kind === 'look') return probe.span
    if (probe.kind === 'lost') this.#doubt = LOST
    return this.#resume(view, probe.kind === 'lost')
  }

  /** Goes on without any row to hold on to: by time, or where nothing else is left, by place. */
  #resume(view: PageView, byPlace: boolean): PageSpan | null {
    const last = this.chain.at(this.chain.length - 1)?.sentAt ?? 0
    const split = byPlace
      ? { position: Math.max(0, this.#end - view.start), doubtful: true }
      : splitByTime(view.rows, this.order, last)
    if (split.doubtful) this.#doubt = LOST
    const fresh = [...view.rows.entries()]
      .filter(
        ([position, row]) => position >= split.position && this.chain.indexOf(row.upstreamId) === undefined,
      )
      .map(([position]) => position)
    this.#append(view, fresh, view.start + view.rows.length)
    this.#conclude(view)
    if (fresh.length === 0) this.#ended = true
    return null
  }
}

const TIES =
  'More messages share one time than two pages of the served size can have in common; if the source lists them in a changing order, some of them may be missing.'

const LOST =
  'All messages around the place where the last page ended are gone; their neighbours were found by time, so some may be missing or repeated.'
