import { type RejectedRow, type SourceWarningCode, UpstreamError } from '@waybill/core'
import type { StreamPosition } from '../cursor/position.js'
import { BufferedReader } from './buffered-reader.js'
import { PageRequests } from './page-requests.js'
import { listRequest, type Stream, type StreamFacts } from './stream-reader.js'
import { orderOf } from './page-walk/order.js'
import { positionAfter, type WalkedRow } from './page-walk/position.js'
import { beginWalk, bracketOf, overlapsOf, type WalkState } from './page-walk/state.js'
import { settleMissing } from './page-walk/checks.js'
import { step } from './page-walk/step.js'
import { warn } from './warnings.js'

interface SeenRow extends WalkedRow {
  /** When the newest page was asked for that was read up to this row; 0 for a row that is only remembered. */
  readonly seenAt: number
}

/** Reads a source by page numbers: fetches what a walk asks for, and yields those of its rows that are wanted. */
export class PageReader extends BufferedReader<SeenRow> {
  readonly #requests: PageRequests
  /** How many of the first rows an earlier answer read. */
  readonly #remembered: number
  readonly #rejected: RejectedRow[] = []
  #walk: WalkState
  #parameters: readonly string[] = []

  constructor(stream: Stream, position: StreamPosition) {
    const { paging, maxSkewMs } = stream.reading.source.provider.capabilities
    const order = orderOf(stream.plan.sort, maxSkewMs, stream.plan.bounds)
    const walk = beginWalk(order, paging.kind === 'page' ? paging.maxPageSize : 1, position)
    const remembered =
      position.at === 'row'
        ? walk.log.rows.map((row) => ({ ...row, message: null, hint: null, seenAt: 0 }))
        : []
    super(stream, position, remembered)
    this.#remembered = remembered.length
    this.#walk = walk
    this.#requests = new PageRequests(stream, position.at === 'row' ? position.seenAt : 0, !order.followsTime)
  }

  positionAt(bookmark: number): StreamPosition {
    const count = Math.min(bookmark, this.rows.length)
    const after = count <= this.#remembered ? null : positionAfter(this.#walk, this.rows, count)
    if (after === null) return this.#unmoved(count === this.rows.length && this.ended)
    return { ...after, seenAt: this.rows[count - 1]?.seenAt ?? 0 }
  }

  facts(): StreamFacts {
    const { total } = this.#walk
    const { notes } = settleMissing(this.#walk)
    const warnings = Object.entries(notes).map(([code, { field, count }]) =>
      warn(code as SourceWarningCode, field, count),
    )
    return {
      parameters: this.#parameters,
      ignored: this.scan.ignored,
      total,
      reachesBackTo: null,
      windowLimited: false,
      warnings: [...this.scan.warnings, ...warnings],
      rejected: this.#rejected,
    }
  }

  async settle(): Promise<void> {
    await this.#requests.settle()
  }

  protected get ended(): boolean {
    return this.#walk.phase.name === 'ended'
  }

  protected get goesOn(): boolean {
    const { total, end } = this.#walk
    return !this.ended && total !== null && end < total
  }

  protected get total(): number | null {
    return this.#walk.total
  }

  protected async askForTotal(): Promise<number | null> {
    const { store, reading } = this.stream
    const { result } = await store.fetch(
      listRequest(this.stream, { kind: 'page', number: 1, size: 1 }),
      reading,
    )
    return result.page?.total ?? null
  }

  protected async readOn(): Promise<boolean> {
    const { length } = this.rows
    // What a short page lacks shows on the next one.
    while ((this.rows.length === length || this.#walk.missingRows !== null) && !this.ended) {
      if (this.#walk.ask === null) return false
      await this.#stepOn()
    }
    const { total, end, phase } = this.#walk
    if (phase.name === 'walking' && total !== null) {
      const goal = Math.min(end + this.missing, total)
      this.#requests.fetchAhead(end, goal, overlapsOf(this.#walk), this.#walk.cap)
    }
    return true
  }

  async #stepOn(): Promise<void> {
    const before = this.#walk
    if (before.ask === null) return
    const { span, page, isStale } = await this.#requests.fetch(before.ask, before.end, before.cap)
    const { state, rows, rejected } = step(before, span, page.result, isStale)
    this.look(listRequest(this.stream, { kind: 'page', ...span }), page, rows.length > 0)
    this.#walk = state
    this.#parameters = page.result.parameters
    this.#rejected.push(...rejected)
    if (state.cap < before.cap) this.#requests.replan()
    if (state.failure !== null) throw this.#fail(state.failure)
    this.#requests.keepOrder(page, !state.order.followsTime)
    for (const row of rows) this.rows.push({ ...row, seenAt: this.#requests.lookedAt })
  }

  #fail(reason: string): UpstreamError {
    const { id } = this.stream.reading.source
    return new UpstreamError(
      'UPSTREAM_INVALID_RESPONSE',
      `Source "${id}" cannot be paged through: ${reason}. Ask the operator of the upstream, or check the base URL in the configuration.`,
      { source: id },
    )
  }

  /** The place where this answer began, or how far it has come in looking for it. */
  #unmoved(hasEnded: boolean): StreamPosition {
    if (this.origin.at === 'row') return { ...this.origin, ended: hasEnded }
    const bracket = bracketOf(this.#walk)
    if (hasEnded) return { at: 'end' }
    return bracket === null ? this.origin : { at: 'seek', ...bracket }
  }
}
