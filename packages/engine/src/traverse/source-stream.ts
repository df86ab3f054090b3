import { type ArchiveRecord, type ListPiece, type Message, UpstreamError } from '@waybill/core'
import type { EngineSource } from '../engine.js'
import { attributed, messageProblem } from '../fetch/checked-list.js'
import type { ReadPlan } from '../plan/plan.js'
import { type ListOrder, orderOf, rankOf } from '../read/page-walk/order.js'
import { checkRow } from '../read/row-check.js'

/** How one source is streamed. */
export interface StreamOptions {
  readonly source: EngineSource
  readonly plan: ReadPlan
  readonly pieces: AsyncGenerator<ListPiece, void>
  /** The cursor of the source's own list that `pieces` follow; null for its beginning. */
  readonly after: string | null
  /** Ends the reading. */
  readonly signal: AbortSignal
}

/** A source streams other rows than it declares. Reading page by page finds out what is wrong. */
export class UnexpectedRows extends Error {}

/** One source's list, piece by piece. The next piece is requested as soon as one has come. */
export class SourceStream {
  readonly source: EngineSource
  readonly #plan: ReadPlan
  readonly #pieces: AsyncGenerator<ListPiece, void>
  readonly #signal: AbortSignal
  readonly #order: ListOrder
  #coming: Promise<IteratorResult<ListPiece, void>>
  #piece: ListPiece | null = null
  #next = 0
  /** Makes the cursor before the piece. */
  #before: () => string | null
  #rank = Number.NEGATIVE_INFINITY

  constructor({ source, plan, pieces, after, signal }: StreamOptions) {
    this.source = source
    this.#plan = plan
    this.#pieces = pieces
    this.#signal = signal
    this.#order = orderOf(plan.sort, source.provider.capabilities.maxSkewMs, plan.bounds)
    this.#before = () => after
    this.#coming = this.#request()
  }

  /** The row that stands next; null where the next piece has to be waited for, and at the end. */
  get head(): Message | null {
    return this.#piece?.messages[this.#next] ?? null
  }

  /** What is stored of that row beside the message; null where it was not asked for. */
  get record(): ArchiveRecord | null {
    return this.#piece?.records?.[this.#next] ?? null
  }

  /** Whether more rows than those of the piece are at hand. */
  get isContinued(): boolean {
    return this.#piece?.isContinued === true
  }

  take(): void {
    this.#next += 1
  }

  /** Makes the cursor of the source's own list after the rows that were taken so far; null at its beginning. */
  get place(): () => string | null {
    const [piece, taken, before] = [this.#piece, this.#next, this.#before]
    return piece === null || taken === 0 ? before : (): string => piece.cursorAt(taken - 1)
  }

  /**
   * Waits until a row stands next.
   * @returns false at the end
   * @throws UnexpectedRows; UpstreamError; the signal's reason when it is aborted
   */
  async fill(): Promise<boolean> {
    while (this.head === null) {
      const next = await this.#coming
      if (next.done === true) return false
      this.#before = this.place
      this.#check(next.value)
      this.#piece = next.value
      this.#next = 0
      this.#coming = this.#request()
    }
    return true
  }

  /** Ends the reading, wherever it is. */
  close(): void {
    this.#pieces.return().catch(() => undefined)
  }

  #request(): Promise<IteratorResult<ListPiece, void>> {
    const coming = attributed(this.source, 'stream', { signal: this.#signal }, () => this.#pieces.next())
    // It is waited for later, or not at all.
    coming.catch(() => undefined)
    return coming
  }

  #check({ messages, cursorAt }: ListPiece): void {
    const { followsTime, slack } = this.#order
    const isSelective = this.#plan.verifiable.length > 0 || this.#plan.search !== null
    for (const [position, message] of messages.entries()) {
      const problem = messageProblem(message)
      if (problem !== null) throw this.#broken(`message ${position} ${problem}.`)
      if (isSelective && checkRow(this.#plan, message, this.source.id).kind !== 'wanted')
        throw new UnexpectedRows()
      if (!followsTime) continue
      const rank = rankOf(this.#order, message.sentAt)
      if (rank < this.#rank - slack) throw new UnexpectedRows()
      this.#rank = Math.max(this.#rank, rank)
    }
    if (messages.length === 0 || cursorAt(messages.length - 1) === this.#before()) throw new UnexpectedRows()
  }

  #broken(problem: string): UpstreamError {
    const { id, provider } = this.source
    return new UpstreamError(
      'UPSTREAM_INVALID_RESPONSE',
      `The provider ${provider.name} of source "${id}" broke its contract: ${problem}`,
      { source: id },
    )
  }
}
