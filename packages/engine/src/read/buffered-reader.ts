import type { ListRequest, Message } from '@waybill/core'
import type { PageHint, StreamPosition } from '../cursor/position.js'
import { BudgetSpent } from '../fetch/budget.js'
import type { FetchedPage } from '../fetch/fetched-page.js'
import { RowScan } from './row-scan.js'
import type { Head, Seen, SeenPage, Stream, StreamFacts, StreamReader } from './stream-reader.js'
import { preventsCount } from './warnings.js'

/** How many pages without a matching row are read before an answer ends early. Test: reports/budget. */
const MAX_BARREN_PAGES = 20

/** A row that was read, wanted or not; the message is null where it cannot be read. */
export interface BufferedRow {
  readonly message: Message | null
}

/** What all readers share that fetch a list piece by piece: they differ in how they fetch, and in what a place is. */
export abstract class BufferedReader<Row extends BufferedRow> implements StreamReader {
  protected readonly stream: Stream
  protected readonly origin: StreamPosition
  /** All rows that were read, those of an earlier answer first, as far as they are remembered. */
  protected readonly rows: Row[] = []
  protected readonly scan: RowScan
  /** How many rows were taken. */
  protected yielded = 0
  /** The ids of all rows on all pages of this answer, in pieces that were not gathered yet. */
  #newIds: (readonly string[])[] = []
  readonly #ids = new Set<string>()
  #pages = 0
  #last: SeenPage | null
  #next = 0
  /** The row at `#next`, where it was checked and is wanted. */
  #head: Message | null = null
  #paused = false
  #barren = 0

  protected constructor(stream: Stream, origin: StreamPosition, remembered: readonly Row[]) {
    this.stream = stream
    this.origin = origin
    this.scan = new RowScan(stream)
    this.rows.push(...remembered)
    this.#next = remembered.length
    this.#last =
      origin.at === 'row'
        ? { page: pageOf(origin.hint), ids: origin.trail, answeredAt: stream.reading.begunAt }
        : null
  }

  /** Whether nothing follows on the rows that were read. */
  protected abstract get ended(): boolean
  /** Whether something is known to follow on them. */
  protected abstract get goesOn(): boolean
  /** How many rows the source says that its own filter selects; null where that is not known or not to be trusted. */
  protected abstract get total(): number | null
  /**
   * Reads at least one row more, or reaches the end of the list.
   * @returns false when the answer has to end before either
   */
  protected abstract readOn(): Promise<boolean>
  protected abstract askForTotal(): Promise<number | null>
  abstract positionAt(bookmark: number): StreamPosition
  abstract facts(): StreamFacts
  abstract settle(): Promise<void>

  async peek(): Promise<Head> {
    for (;;) {
      const message = this.#find()
      if (message !== null) return { kind: 'row', message }
      if (this.ended) return { kind: 'end' }
      if (this.#paused || this.#barren >= MAX_BARREN_PAGES) return { kind: 'paused' }
      await this.#advance()
    }
  }

  here(): Message | null {
    return this.#find()
  }

  take(): void {
    this.#next += 1
    this.#head = null
    this.yielded += 1
    this.#barren = 0
  }

  seen(): Seen {
    const trail = this.origin.at === 'row' ? this.origin.trail : []
    for (const ids of this.#newIds) for (const id of ids) this.#ids.add(id)
    this.#newIds = []
    return { pages: this.#pages, last: this.#last, ids: this.#ids, trail }
  }

  hasMore(): boolean | null {
    if (this.#find() !== null) return true
    if (this.ended) return false
    return this.isExact && this.goesOn ? true : null
  }

  bookmark(): number {
    return this.#next
  }

  async count(): Promise<number | null> {
    if (this.facts().warnings.some(preventsCount)) return null
    if (this.origin.at === 'start' && this.ended && this.#find() === null) return this.yielded
    if (!this.isExact) return null
    const { totals } = this.stream.reading.source.provider.capabilities
    const total = this.total !== null || totals === 'never' ? this.total : await this.askForTotal()
    // Fewer than came: it counts something else.
    return total !== null && total < this.yielded ? null : total
  }

  /** Whether the source selects exactly the rows that match, and was not seen to pass a clause over. */
  protected get isExact(): boolean {
    return this.stream.plan.exact && this.scan.ignored.length === 0
  }

  /** How many rows are still likely to be taken beyond those that are here. */
  protected get missing(): number {
    return this.stream.want - this.yielded - (this.rows.length - this.#next)
  }

  /** Takes in that a page was looked at, and whether it brought rows. */
  protected look({ page }: ListRequest, { result, answeredAt }: FetchedPage, hasNews: boolean): void {
    const ids = result.messages.map(({ upstreamId }) => upstreamId)
    if (hasNews) {
      this.#pages += 1
      this.#last = { page, ids, answeredAt }
    }
    // Only a source that is read in parts has them compared.
    this.#newIds.push(ids)
  }

  /** Moves past rows that are not wanted; the next one that is, as far as rows are here. */
  #find(): Message | null {
    for (; this.#head === null && this.#next < this.rows.length; this.#next += 1) {
      const message = this.rows[this.#next]?.message ?? null
      if (message === null || !this.scan.accepts(message)) continue
      this.#head = message
      break
    }
    return this.#head
  }

  async #advance(): Promise<void> {
    this.#barren += 1
    try {
      if (!(await this.readOn())) this.#paused = true
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error
      this.#paused = true
    }
  }
}

function pageOf({ number, size }: PageHint): SeenPage['page'] {
  return { kind: 'page', number, size }
}
