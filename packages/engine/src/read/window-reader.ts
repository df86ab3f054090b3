import type { Message } from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import { BudgetSpent } from '../fetch/budget.js'
import { compareIds } from './compare-ids.js'
import { completeAndCheck } from './row-filter.js'
import { type Head, listRequest, type Stream, type StreamFacts, type StreamReader } from './stream-reader.js'

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

  constructor(stream: Stream, position: StreamPosition) {
    this.#stream = stream
    this.#position = position
  }

  async peek(): Promise<Head> {
    if (this.#rows === null && !this.#paused) await this.#read()
    if (this.#rows === null) return { kind: 'paused' }
    const message = this.#rows[this.#next]
    return message === undefined ? { kind: 'end' } : { kind: 'row', message }
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
    if (bookmark === this.#rows.length) return this.#endPosition()
    const last = this.#rows[bookmark - 1]
    return last === undefined ? this.#position : { at: 'key', sentAt: last.sentAt, id: last.upstreamId }
  }

  facts(): StreamFacts {
    const limited = this.#reachesBackTo !== null && this.#stream.plan.bounds.from <= this.#reachesBackTo
    return {
      parameters: this.#parameters,
      total: null,
      reachesBackTo: this.#reachesBackTo,
      windowLimited: limited,
      doubt: null,
    }
  }

  async count(): Promise<number | null> {
    await this.peek()
    return this.#rows === null || this.facts().windowLimited ? null : this.#matching
  }

  async settle(): Promise<void> {
    // Nothing is fetched ahead: the window is one request.
  }

  /** Keeps the window's place even at its end, since the report on later pages speaks of the window as well. */
  #endPosition(): StreamPosition {
    const last = this.#rows?.at(-1)
    if (last !== undefined) return { at: 'key', sentAt: last.sentAt, id: last.upstreamId }
    return this.#position
  }

  async #read(): Promise<void> {
    const { reading, store, plan } = this.#stream
    const { paging, sorts } = reading.source.provider.capabilities
    const limit = paging.kind === 'window' ? paging.maxItems : 1
    // The source lists in its own order; it is put in the query's order here.
    const sort = sorts.find(({ field }) => field === plan.sort.field) ?? plan.sort
    const request = { ...listRequest(this.#stream, { kind: 'window', limit }), sort }
    try {
      const { result } = await store.fetch(request, reading)
      this.#parameters = result.parameters
      const oldest = Math.min(...result.messages.map((message) => message.sentAt))
      this.#reachesBackTo = result.messages.length >= limit ? oldest : null
      const matching = result.messages.flatMap((row) => completeAndCheck(this.#stream, row) ?? [])
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
}

interface Key {
  readonly sentAt: number
  readonly upstreamId: string
}

function compareRows(a: Key, b: Key): number {
  return a.sentAt - b.sentAt || compareIds(a.upstreamId, b.upstreamId)
}

function isAfter(row: Message, position: StreamPosition, sign: number): boolean {
  if (position.at !== 'key') return true
  return sign * compareRows(row, { sentAt: position.sentAt, upstreamId: position.id }) > 0
}
