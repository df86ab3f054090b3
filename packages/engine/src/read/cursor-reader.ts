import type { ListResult, Message } from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import { BudgetSpent } from '../fetch/budget.js'
import { completeAndCheck } from './row-filter.js'
import { type Head, listRequest, type Stream, type StreamFacts, type StreamReader } from './stream-reader.js'

const MAX_BARREN_PAGES = 20

interface CursorRow {
  readonly message: Message
  readonly cursor: string
}

/** Reads a source that has a stable cursor of its own. */
export class CursorReader implements StreamReader {
  readonly #stream: Stream
  readonly #origin: StreamPosition
  readonly #rows: CursorRow[] = []
  #next = 0
  #ended: boolean
  #paused = false
  #barren = 0
  #yielded = 0
  #result: ListResult | null = null

  constructor(stream: Stream, position: StreamPosition) {
    this.#stream = stream
    this.#origin = position
    this.#ended = position.at === 'end'
  }

  async peek(): Promise<Head> {
    for (;;) {
      const message = this.#scan()
      if (message !== null) return { kind: 'row', message }
      if (this.#ended) return { kind: 'end' }
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
    if (this.#ended) return false
    return this.#stream.plan.exact && this.#result !== null ? true : null
  }

  bookmark(): number {
    return this.#next
  }

  positionAt(bookmark: number): StreamPosition {
    if (this.#ended && bookmark >= this.#rows.length) return { at: 'end' }
    const row = this.#rows[bookmark - 1]
    return row === undefined ? this.#origin : { at: 'cursor', cursor: row.cursor }
  }

  facts(): StreamFacts {
    return {
      parameters: this.#result?.parameters ?? [],
      total: this.#result?.cursor?.total ?? null,
      reachesBackTo: null,
      windowLimited: false,
      doubt: null,
    }
  }

  async count(): Promise<number | null> {
    if (this.#origin.at === 'start' && this.#ended && this.#scan() === null) return this.#yielded
    const { plan, store, reading } = this.#stream
    if (!plan.exact) return null
    const known = this.#result?.cursor?.total ?? null
    if (known !== null || reading.source.provider.capabilities.totals === 'never') return known
    const smallest = listRequest(this.#stream, { kind: 'cursor', after: null, limit: 1, total: true })
    const { result } = await store.fetch(smallest, reading)
    return result.cursor?.total ?? null
  }

  async settle(): Promise<void> {
    // Nothing is fetched ahead: each page's cursor comes from the page before.
  }

  #scan(): Message | null {
    for (; this.#next < this.#rows.length; this.#next += 1) {
      const row = this.#rows[this.#next]
      const message = row === undefined ? null : completeAndCheck(this.#stream, row.message)
      if (message !== null) return message
    }
    return null
  }

  async #advance(): Promise<void> {
    const { store, reading, plan, want } = this.#stream
    const { paging } = reading.source.provider.capabilities
    const largest = paging.kind === 'cursor' ? paging.maxPageSize : 1
    // A limit may only go upstream where the source selects exactly what is wanted.
    const likely = this.#yielded < want ? want - this.#yielded : want
    const limit = plan.exact ? Math.min(largest, likely) : largest
    const position = this.positionAt(this.#rows.length)
    const after = position.at === 'cursor' ? position.cursor : null
    this.#barren += 1
    try {
      const { result } = await store.fetch(
        listRequest(this.#stream, { kind: 'cursor', after, limit }),
        reading,
      )
      this.#result = result
      const cursors = result.cursor?.cursors ?? []
      for (const [index, message] of result.messages.entries()) {
        this.#rows.push({ message, cursor: cursors[index] ?? '' })
      }
      this.#ended = result.cursor?.hasNextPage !== true || result.messages.length === 0
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error
      this.#paused = true
    }
  }
}
