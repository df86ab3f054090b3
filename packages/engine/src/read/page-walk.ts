import type { SourceWarning } from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import { now } from '../fetch/now.js'
import { type Admission, admit } from './admit.js'
import { Chain } from './chain.js'
import { DOUBTS } from './doubts.js'
import { FirstPage } from './first-page.js'
import { seekLast } from './last-page.js'
import { Locator } from './locator.js'
import { StreamOrder } from './order.js'
import { type Overlaps, PageRequests } from './page-requests.js'
import { nextSpan, type PageSpan, spanFrom, startOf } from './page-span.js'
import { type PageView, SMALLEST_CAP } from './page-view.js'
import { splitByTime } from './split-by-time.js'
import type { Stream } from './stream-reader.js'

/** How many requests may be spent on one place of a list that keeps changing. */
const MAX_TRIES = 48
/** How many pages at the right place are looked at before one that shares fewer rows than it should is taken. */
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
  readonly pages: PageRequests
  readonly #stream: Stream
  readonly #first: FirstPage
  readonly #origin: StreamPosition
  readonly #ahead: readonly string[]
  /** Where the chain ended in the list when it was last seen: the position after its last row, counted from 0. */
  #end: number
  /** Learned from how much the table shrinks between two requests. */
  #margin = 0
  /** Set while it is open whether a page was the last one or was cut: the size that the server serves if it was. */
  #suspectedCap: number | null = null
  #lowered = false
  /** No larger page is asked for any more in this answer: short ones lay elsewhere than they seemed to. */
  #trustedSize = Number.POSITIVE_INFINITY
  /** How many pages at the right place did not do, since the chain was last added to. */
  #rejected = 0
  #ended: boolean
  #doubt: SourceWarning | null = null

  constructor(stream: Stream, position: StreamPosition) {
    const { paging, maxSkewMs } = stream.reading.source.provider.capabilities
    const row = position.at === 'row' ? position : null
    const largest = paging.kind === 'page' ? paging.maxPageSize : 1
    this.order = new StreamOrder(stream.plan.sort, maxSkewMs, stream.plan.bounds)
    this.chain = new Chain(this.order, row)
    const cap = Math.max(SMALLEST_CAP, row?.hint.cap ?? largest)
    this.pages = new PageRequests(stream, Math.min(largest, cap))
    this.#stream = stream
    this.#first = new FirstPage(this.pages, this.order, position)
    this.#origin = position
    this.#ahead = row?.ahead ?? []
    this.#end = row === null ? 0 : row.hint.index + 1
    this.#ended = position.at === 'end'
  }

  /** Whether the chain holds everything that there is to read. */
  get ended(): boolean {
    return this.#ended
  }

  get doubt(): SourceWarning | null {
    return this.#doubt
  }

  /** Whether the list is known to go on behind the chain. */
  get goesOn(): boolean {
    return !this.#ended && this.pages.total !== null && this.#end < this.pages.total
  }

  /** The largest page that the server is likely to serve, as far as is known. */
  get likelyCap(): number {
    return Math.min(this.pages.cap, this.#suspectedCap ?? this.pages.cap)
  }

  get #cap(): number {
    return Math.min(this.pages.cap, this.#trustedSize)
  }

  /** The position of a walk that has not found where to begin yet. */
  get unbegun(): StreamPosition {
    return this.#first.position
  }

  end(): void {
    this.#ended = true
  }

  /**
   * Adds at least one row to the chain, or ends it.
   * @returns false when the list changed too much and too often to be followed
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async readOn(): Promise<boolean> {
    if (this.chain.length === 0) return this.#begin()
    this.pages.since(this.#stream.reading.begunAt)
    const kept = this.#keptSpan()
    let span: PageSpan | null = kept ?? (await this.#following())
    let locator: Locator | null = null
    this.#rejected = 0
    for (let tries = 0; span !== null && tries < MAX_TRIES; tries += 1) {
      const view = await this.pages.look(span)
      const { admission, doubtful } = this.#admit(view)
      if (admission.kind !== 'apart') this.#rejected += 1
      if (admission.kind === 'joined' || admission.kind === 'too-high') {
        if (admission.kind === 'joined' && admission.unsure) this.#doubt = DOUBTS.unproven
        if (doubtful) this.#doubt = DOUBTS.unsettled
        const far = tries < FAR_STEPS && admission.beyond > this.#cap / 2
        const end = admission.end + (far ? admission.beyond : 0)
        span = await this.#join(view, admission.kind === 'joined' ? admission.fresh : [], end)
        locator = null
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
      if (tries > 0 || kept === null || admission.kind !== 'joined') this.pages.since(now())
    }
    return span === null
  }

  /** Where nothing better can be had, a page is taken that shares fewer rows than it should. */
  #admit(view: PageView): { readonly admission: Admission; readonly doubtful: boolean } {
    const { rows, start, verdict } = view
    if (this.#rejected < PATIENT_STEPS) {
      const demand = { overlap: this.#requiredOverlap(), blind: this.chain.blindStart, certain: true }
      const admission = admit(rows, start, this.chain, demand, this.#ahead)
      if (admission.kind !== 'too-high' || verdict === 'more') return { admission, doubtful: false }
    }
    const least = { overlap: 1, blind: 0, certain: false }
    return { admission: admit(rows, start, this.chain, least, this.#ahead), doubtful: true }
  }

  /** Begins to fetch the pages that bring the next `wanted` rows, side by side. */
  fetchAhead(wanted: number): void {
    if (this.#ended || this.#suspectedCap !== null) return
    this.pages.fetchAhead(this.#end, wanted, this.#overlaps(), this.#cap)
  }

  async #begin(): Promise<boolean> {
    const first = await this.#first.find()
    if (first === null) return false
    this.#append(first, [...first.rows.keys()], first.start + first.rows.length)
    this.#conclude(first)
    return true
  }

  /** The page that the position lies in costs nothing while it is kept. */
  #keptSpan(): PageSpan | null {
    if (this.pages.looked || this.#origin.at !== 'row') return null
    const { number, size } = this.#origin.hint
    return this.pages.keeps({ number, size }) ? { number, size } : null
  }

  /** The page that follows on the chain; null when nothing follows. */
  async #following(): Promise<PageSpan | null> {
    if (this.#suspectedCap !== null) {
      const overlap = this.#rejected >= PATIENT_STEPS ? 1 : this.chain.overlapAt(this.chain.length)
      const open = { chain: this.chain, ahead: this.#ahead, end: this.#end, overlap, cap: this.#suspectedCap }
      const { isLast, end, doubt } = await seekLast(this.pages, open)
      this.#end = end
      this.#doubt = doubt ?? this.#doubt
      if (isLast) {
        this.#ended = true
        return null
      }
      this.pages.lower(this.#suspectedCap)
      this.#suspectedCap = null
    }
    return this.pages.following(this.#end, this.#overlaps(), this.#cap)
  }

  #overlaps(): Overlaps {
    const least = this.#requiredOverlap()
    return { least, likely: Math.max(least, this.chain.likelyOverlap), margin: this.#margin }
  }

  /** What the rows call for, or as much of it as pages of the served size can share. */
  #requiredOverlap(): number {
    if (this.#rejected >= PATIENT_STEPS) return 1
    const wanted = this.chain.overlapAt(this.chain.length)
    const shared = this.#end - startOf(nextSpan(this.#end, wanted, this.#cap))
    if (shared <= this.chain.tiesAt(this.chain.length) && shared < this.#end) this.#doubt = DOUBTS.ties
    return Math.max(1, Math.min(wanted, shared))
  }

  /** @returns the page to look at next, or null when this one brought something or ended the list */
  async #join(view: PageView, fresh: readonly number[], end: number): Promise<PageSpan | null> {
    this.#lowered = false
    this.chain.recall(view.rows)
    this.#append(view, fresh, view.verdict === 'unsure' ? this.#likelierEnd(view, end, fresh.length) : end)
    this.#conclude(view)
    return this.#ended || fresh.length > 0 ? null : await this.#following()
  }

  /** A short page of unknown size lies where it seems to, or was cut and lies where the place was expected. */
  #likelierEnd({ requested, rows, start }: PageView, end: number, fresh: number): number {
    const expected = this.#end + fresh
    const cut = startOf({ number: requested.number, size: rows.length }) + end - start
    return Math.abs(cut - expected) < Math.abs(end - expected) ? cut : end
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
      const hint = { index: end - fresh.length + nth, number, size, cap: this.pages.cap }
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
      if (view.start > 0 && this.chain.keysMove) this.#doubt = DOUBTS.lost
      this.#ended = true
      return null
    }
    if (view.verdict === 'unsure' && view.rows.length >= this.pages.served / 2 && !this.#lowered) {
      // The server may have cut the page to a lower limit, and then it lies elsewhere.
      this.#lowered = true
      this.pages.lower(Math.max(SMALLEST_CAP, view.rows.length))
      if (view.start > 0) return await this.#following()
    } else if (view.verdict === 'unsure' && view.rows.length > 0) {
      this.#trustedSize = Math.max(SMALLEST_CAP, Math.floor(this.#cap / 2))
    }
    const probe = locator.next({ ...view, cap: this.#cap })
    if (probe.kind === 'look') return probe.span
    if (probe.kind === 'lost') this.#doubt = DOUBTS.lost
    return this.#resume(view, probe.kind === 'lost')
  }

  /** Goes on without any row to hold on to: by time, or where nothing else is left, by place. */
  #resume(view: PageView, byPlace: boolean): PageSpan | null {
    const last = this.chain.at(this.chain.length - 1)?.sentAt ?? 0
    const split = byPlace
      ? { position: Math.max(0, this.#end - view.start), doubtful: true }
      : splitByTime(view.rows, this.order, last)
    if (split.doubtful) this.#doubt = DOUBTS.lost
    const fresh = [...view.rows.entries()]
      .filter(
        ([position, row]) => position >= split.position && this.chain.indexOf(row.upstreamId) === undefined,
      )
      .map(([position]) => position)
    this.#append(view, fresh, view.start + view.rows.length)
    this.#conclude(view)
    return this.#ended || fresh.length > 0 ? null : spanFrom(this.#end, this.#cap)
  }
}
