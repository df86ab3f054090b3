import type { ListRequest, ListResult, Message, RejectedRow, SourceWarning } from '@waybill/core'
import { hasEnded, type StreamPosition } from '../cursor/position.js'
import { BudgetSpent } from '../fetch/budget.js'
import { RowScan } from './row-scan.js'
import {
  compareIds,
  type Head,
  listRequest,
  type Seen,
  type Stream,
  type StreamFacts,
  type StreamReader,
} from './stream-reader.js'
import { preventsCount, warn } from './warnings.js'
import { checkFigures, checkOrder, rowsIn } from './window-checks.js'

/** Reads a source of which only the newest rows exist: all of them at once, put in order here. */
export class WindowReader implements StreamReader {
  readonly #stream: Stream
  readonly #position: StreamPosition
  #rows: readonly Message[] | null = null
  #matching = 0
  #next = 0
  #paused = false
  #parameters: readonly string[] = []
  #reachesBackTo: number | null = null
  #rejected: readonly RejectedRow[] = []
  #figures: SourceWarning | null = null
  #order: SourceWarning | null = null
  readonly #scan: RowScan

  constructor(stream: Stream, position: StreamPosition) {
    this.#stream = stream
    this.#position = position
    this.#scan = new RowScan(stream)
  }

  async peek(): Promise<Head> {
    if (this.#rows === null && !this.#paused) await this.#read()
    if (this.#rows === null) return { kind: 'paused' }
    const message = this.#rows[this.#next]
    return message === undefined ? { kind: 'end' } : { kind: 'row', message }
  }

  here(): Message | null {
    return this.#rows?.[this.#next] ?? null
  }

  take(): void {
    this.#next += 1
  }

  hasMore(): boolean | null {
    return this.#rows === null ? null : this.#next < this.#rows.length
  }

  bookmark(): number {
    return this.#next
  }

  positionAt(bookmark: number): StreamPosition {
    if (this.#rows === null) return this.#position
    const ended = bookmark === this.#rows.length
    const last = this.#rows[bookmark - 1]
    if (last !== undefined) return { at: 'key', sentAt: last.sentAt, id: last.upstreamId, ended }
    if (this.#position.at === 'key') return { ...this.#position, ended }
    return ended ? { at: 'end' } : this.#position
  }

  facts(): StreamFacts {
    const limited = this.#reachesBackTo !== null && this.#stream.plan.bounds.from <= this.#reachesBackTo
    return {
      parameters: this.#parameters,
      ignored: this.#scan.ignored,
      total: null,
      reachesBackTo: this.#reachesBackTo,
      windowLimited: limited,
      warnings: this.#warnings(),
      rejected: this.#rejected,
    }
  }

  seen(): Seen {
    return { pages: 0, last: null, ids: new Set(), trail: [] }
  }

  #warnings(): SourceWarning[] {
    return [
      ...this.#scan.warnings,
      ...(this.#order === null ? [] : [this.#order]),
      ...(this.#figures === null ? [] : [this.#figures]),
      ...(this.#rejected.length > 0 ? [warn('ROW_REJECTED', null, this.#rejected.length)] : []),
    ]
  }

  async count(): Promise<number | null> {
    await this.peek()
    if (this.#rows === null || this.facts().windowLimited) return null
    return this.#warnings().some(preventsCount) ? null : this.#matching
  }

  async settle(): Promise<void> {
    // Nothing is fetched ahead: the window is one request.
  }

  async #read(): Promise<void> {
    const { reading, plan } = this.#stream
    const { paging, sorts, maxSkewMs } = reading.source.provider.capabilities
    const limit = paging.kind === 'window' ? paging.maxItems : 1
    // The source lists in its own order; it is put in the query's order here.
    const sort = sorts.find(({ field }) => field === plan.sort.field) ?? plan.sort
    const request = { ...listRequest(this.#stream, { kind: 'window', limit }), sort }
    try {
      const result = await this.#fetch(request, limit)
      this.#parameters = result.parameters
      const oldest = Math.min(...result.messages.map((message) => message.sentAt))
      this.#rejected = result.rejected ?? []
      this.#figures = checkFigures(result, limit)
      const isCut = rowsIn(result) >= limit || this.#figures?.code === 'ROWS_HIDDEN'
      this.#reachesBackTo = isCut && Number.isFinite(oldest) ? oldest : null
      this.#order = checkOrder(result, maxSkewMs)
      const matching = result.messages.filter((row) => this.#scan.accepts(row))
      this.#matching = matching.length
      const sign = plan.sort.direction === 'asc' ? 1 : -1
      this.#rows = matching
        .toSorted((a, b) => sign * compareRows(a, b))
        .filter((row) => isAfter(row, this.#position, sign))
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error
      this.#paused = true
    }
  }

  /** A row may come or go between the count and the list: what contradicts itself is asked for once more. */
  async #fetch(request: ListRequest, limit: number): Promise<ListResult> {
    const { reading, store } = this.#stream
    const { result, answeredAt } = await store.fetch(request, reading)
    if (checkFigures(result, limit) === null) return result
    return (await store.fetch(request, { ...reading, begunAt: answeredAt })).result
  }
}

interface Key {
  readonly sentAt: number
  readonly upstreamId: string
}

function compareRows(a: Key, b: Key): number {
  return a.sentAt - b.sentAt || compareIds(a.upstreamId, b.upstreamId)
}

function isAfter(row: Message, position: StreamPosition, sign: number): boolean {
  // What has come to a window since it had ended is for those who follow the list.
  if (hasEnded(position)) return false
  if (position.at !== 'key') return true
  return sign * compareRows(row, { sentAt: position.sentAt, upstreamId: position.id }) > 0
}
