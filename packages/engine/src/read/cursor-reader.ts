import { type ListResult, type Message, type RejectedRow, UpstreamError } from '@waybill/core'
import { hasEnded, type StreamPosition } from '../cursor/position.js'
import { digest } from '../cursor/token.js'
import { BufferedReader } from './buffered-reader.js'
import { listRequest, type Stream, type StreamFacts } from './stream-reader.js'
import { judgeOrder } from './page-walk/checks.js'
import { type ListOrder, orderOf } from './page-walk/order.js'
import { warn } from './warnings.js'

/** How many rows before a page its order is judged with: what departs from it by more than the skew may lie between. */
const JUDGED_TOGETHER = 20
/**
 * Most rows before a place that a position remembers, and fewest: those of the last page at least. A source that lists
 * rows again begins within the page before, or a few rows further up if others have come. Test: lying-counterexamples.
 */
const MOST_MARKS = 100
const FEWEST_MARKS = 16
/** A short hash of a cursor: one in ten million pages has two alike. Without a test. */
const MARK_LENGTH = 6

interface CursorRow {
  readonly message: Message
  readonly cursor: string
  /** What this row has in common with itself where it is listed again. */
  readonly mark: string
  /** Its place on the page that brought it, counted from 1. */
  readonly nth: number
}

/** Reads a source that has a stable cursor of its own. */
export class CursorReader extends BufferedReader<CursorRow> {
  readonly #order: ListOrder
  /** The marks of all rows that were read, those of earlier answers as far as they are remembered. */
  readonly #marks: Set<string>
  readonly #rejected: RejectedRow[] = []
  #ended: boolean
  #result: ListResult | null = null
  #disordered = 0
  #isSortIgnored = false
  #repeated = 0

  constructor(stream: Stream, position: StreamPosition) {
    super(stream, position, [])
    const { maxSkewMs } = stream.reading.source.provider.capabilities
    this.#order = orderOf(stream.plan.sort, maxSkewMs, stream.plan.bounds)
    this.#marks = new Set(position.at === 'cursor' ? position.trail : [])
    this.#ended = hasEnded(position)
  }

  positionAt(bookmark: number): StreamPosition {
    const ended = this.#ended && bookmark >= this.rows.length
    const row = this.rows[bookmark - 1]
    if (row !== undefined)
      return { at: 'cursor', cursor: row.cursor, trail: this.#trailAt(bookmark, row.nth), ended }
    if (this.origin.at === 'cursor') return { ...this.origin, ended }
    return ended ? { at: 'end' } : this.origin
  }

  facts(): StreamFacts {
    return {
      parameters: this.#result?.parameters ?? [],
      ignored: this.scan.ignored,
      total: this.total,
      reachesBackTo: null,
      windowLimited: false,
      warnings: [
        ...this.scan.warnings,
        ...(this.#result?.cursor?.untold ?? []).map((field) => warn('FIELD_NOT_TOLD', field)),
        ...(this.#isSortIgnored ? [warn('SORT_IGNORED', 'sort')] : []),
        ...(this.#disordered > 0 && !this.#isSortIgnored
          ? [warn('ORDER_BROKEN', 'sentAt', this.#disordered)]
          : []),
        ...(this.#repeated > 0 ? [warn('PLACE_LOST', null, this.#repeated)] : []),
        ...(this.#rejected.length > 0 ? [warn('ROW_REJECTED', null, this.#rejected.length)] : []),
      ],
      rejected: this.#rejected,
    }
  }

  async settle(): Promise<void> {
    // Nothing is fetched ahead: each page's cursor comes from the page before.
  }

  protected get ended(): boolean {
    return this.#ended
  }

  protected get goesOn(): boolean {
    return this.#result !== null
  }

  protected get total(): number | null {
    return this.#result?.cursor?.total ?? null
  }

  protected async askForTotal(): Promise<number | null> {
    const { store, reading } = this.stream
    const smallest = listRequest(this.stream, { kind: 'cursor', after: null, limit: 1, total: true })
    const { result } = await store.fetch({ ...smallest, untold: false }, reading)
    return result.cursor?.total ?? null
  }

  protected async readOn(): Promise<boolean> {
    const { store, reading, want, isReported } = this.stream
    const { paging } = reading.source.provider.capabilities
    const largest = paging.kind === 'cursor' ? paging.maxPageSize : 1
    // A limit may only go upstream where the source selects exactly what is wanted.
    const likely = this.yielded < want ? want - this.yielded : want
    const limit = this.isExact ? Math.min(largest, likely) : largest
    const position = this.positionAt(this.rows.length)
    const after = position.at === 'cursor' ? position.cursor : null
    const list = listRequest(this.stream, { kind: 'cursor', after, limit })
    const request = { ...list, untold: isReported }
    const page = await store.fetch(request, reading)
    this.look(request, page, true)
    this.#take(page.result, after)
    return true
  }

  #take(result: ListResult, after: string | null): void {
    const { messages, cursor, rejected = [] } = result
    this.#result = result
    this.#rejected.push(...rejected)
    const goesOn = cursor?.hasNextPage === true && messages.length > 0
    // A page that lists the row behind which it was asked for begins with rows that were read before.
    const repeated = after === null ? 0 : (cursor?.cursors.indexOf(after) ?? -1) + 1
    const before = this.rows.slice(-JUDGED_TOGETHER).map(({ message }) => message)
    const { kind, count } = judgeOrder([...before, ...messages], this.#order)
    this.#disordered += Math.max(0, count - judgeOrder(before, this.#order).count)
    this.#isSortIgnored ||= kind === 'ignored'
    const { length } = this.rows
    for (const [index, message] of messages.entries()) {
      const own = cursor?.cursors[index] ?? ''
      const mark = this.#markOf(message, own)
      if (index < repeated || this.#marks.has(mark)) this.#repeated += 1
      else this.rows.push({ message, cursor: own, mark, nth: index + 1 })
      this.#marks.add(mark)
    }
    this.#ended = !goesOn
    if (goesOn && this.rows.length === length) throw this.#stuck()
  }

  /** Under a sort by a key that changes, a row may rightly be listed again: in another place, and so with another cursor. */
  #markOf({ upstreamId }: Message, cursor: string): string {
    return this.stream.plan.sort.field === 'createdAt'
      ? upstreamId
      : digest(new TextEncoder().encode(cursor), MARK_LENGTH)
  }

  #trailAt(bookmark: number, nth: number): string[] {
    const count = Math.min(MOST_MARKS, Math.max(FEWEST_MARKS, nth))
    const read = this.rows.slice(Math.max(0, bookmark - count), bookmark).map(({ mark }) => mark)
    const before = this.origin.at === 'cursor' ? this.origin.trail : []
    return [...before, ...read].slice(-count)
  }

  #stuck(): UpstreamError {
    const { id } = this.stream.reading.source
    return new UpstreamError(
      'UPSTREAM_INVALID_RESPONSE',
      `Source "${id}" cannot be paged through: it lists the same messages again for every cursor. Ask the operator of the upstream.`,
      { source: id },
    )
  }
}
