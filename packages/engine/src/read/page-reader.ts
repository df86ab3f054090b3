import type { Message } from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import { BudgetSpent } from '../fetch/budget.js'
import { PageWalk } from './page-walk.js'
import { completeAndCheck } from './row-filter.js'
import { type Head, listRequest, type Stream, type StreamFacts, type StreamReader } from './stream-reader.js'

/** How many pages without a matching row are read before an answer ends early. */
const MAX_BARREN_PAGES = 20

/** Reads a source by page numbers: the rows of a {@link PageWalk} that match. */
export class PageReader implements StreamReader {
  readonly #stream: Stream
  readonly #walk: PageWalk
  readonly #origin: StreamPosition
  #next: number
  #yielded = 0
  #barren = 0
  #paused = false

  constructor(stream: Stream, position: StreamPosition) {
    this.#stream = stream
    this.#origin = position
    this.#walk = new PageWalk(stream, position)
    this.#next = this.#walk.chain.length
  }

  async peek(): Promise<Head> {
    for (;;) {
      const message = this.#scan()
      if (message !== null) return { kind: 'row', message }
      if (this.#walk.ended) return { kind: 'end' }
      if (this.#paused || this.#barren >= MAX_BARREN_PAGES) return { kind: 'paused' }
      await this.#advance()
    }
  }

  take(): void {
    this.#next += 1
    this.#yielded += 1
    this.#barren = 0
  }

  hasMore(): boolean | null {
    if (this.#scan() !== null) return true
    if (this.#walk.ended) return false
    return this.#stream.plan.exact && this.#walk.goesOn ? true : null
  }

  bookmark(): number {
    return this.#next
  }

  positionAt(bookmark: number): StreamPosition {
    const { chain } = this.#walk
    if (this.#walk.ended && bookmark >= chain.length) return { at: 'end' }
    const row = chain.at(bookmark - 1)
    const atEnd = bookmark === chain.length
    if (row === undefined) return this.#walk.unbegun
    if (row.message === null || row.hint === null) return this.#origin
    return {
      at: 'row',
      sentAt: row.message.sentAt,
      ties: Math.max(1, chain.tiesAt(bookmark)),
      spread: chain.spread,
      trail: chain.trailAt(bookmark),
      ahead: chain.aheadAt(bookmark),
      hint: { ...row.hint, cap: Math.min(row.hint.cap, atEnd ? this.#walk.likelyCap : this.#walk.pages.cap) },
    }
  }

  facts(): StreamFacts {
    const { pages, doubt } = this.#walk
    return {
      parameters: pages.parameters,
      total: pages.total,
      reachesBackTo: null,
      windowLimited: false,
      doubt,
    }
  }

  async count(): Promise<number | null> {
    const { ended } = this.#walk
    const { total } = this.#walk.pages
    if (this.#origin.at === 'start' && ended && this.#scan() === null) return this.#yielded
    const { plan, store, reading } = this.#stream
    if (!plan.exact) return null
    if (total !== null || reading.source.provider.capabilities.totals === 'never') return total
    const smallest = listRequest(this.#stream, { kind: 'page', number: 1, size: 1 })
    const { result } = await store.fetch(smallest, reading)
    return result.page?.total ?? null
  }

  async settle(): Promise<void> {
    await this.#walk.pages.settle()
  }

  /** Moves past rows that do not match; the next one that does, as far as rows are here. */
  #scan(): Message | null {
    const { chain, order } = this.#walk
    for (; this.#next < chain.length; this.#next += 1) {
      const row = chain.at(this.#next)?.message ?? null
      if (row === null) continue
      if (order.isBehind(row.sentAt)) {
        chain.truncate(this.#next)
        this.#walk.end()
        return null
      }
      const message = completeAndCheck(this.#stream, row)
      if (message !== null) return message
    }
    return null
  }

  async #advance(): Promise<void> {
    this.#barren += 1
    try {
      if (!(await this.#walk.readOn())) this.#paused = true
      const buffered = this.#walk.chain.length - this.#next
      this.#walk.fetchAhead(this.#stream.want - this.#yielded - buffered)
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error
      this.#paused = true
    }
  }
}
