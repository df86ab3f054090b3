import { type Message, type SourceWarning, WaybillError } from '@waybill/core'
import type { SourceFailure } from '../cursor/failure-code.js'
import type { SourcePosition, StreamPosition } from '../cursor/position.js'
import type { EngineSource } from '../engine.js'
import { undirectedOf, wholeOf } from '../plan/split-by-direction.js'
import { planSource, type SourcePlan } from '../plan/plan.js'
import type { ParsedQuery } from '../query/query.js'
import { CursorReader } from '../read/cursor-reader.js'
import { PageReader } from '../read/page-reader.js'
import { compareIds, type SeenPage, type Stream, type StreamReader } from '../read/stream-reader.js'
import { preventsCount, warn } from '../read/warnings.js'
import { WindowReader } from '../read/window-reader.js'
import {
  areFarApart,
  areMixed,
  hasRowsInNoPart,
  isListedIn,
  latestOf,
  missingFromParts,
  type PartRead,
} from './check-direction.js'
import { DroppedSourceError } from './dropped-source-error.js'
import { type OpenedPart, type OpenedSource, openSource } from './resume-position.js'
import { UnsupportedSortError } from './unsupported-sort-error.js'

/** A row that stands at the head of a source. */
export interface HeadRow {
  readonly message: Message
  readonly reader: StreamReader
}

/** Places in all parts of a source at one moment. */
export type Bookmarks = readonly number[]

/** What every source of an answer is opened with. */
export interface RunContext {
  readonly query: ParsedQuery
  readonly position: SourcePosition | null
  /** Whether the list had ended, and what has come since is wanted. */
  readonly isFollowed: boolean
  readonly open: Omit<Stream, 'plan' | 'reading'> & { readonly reading: Omit<Stream['reading'], 'source'> }
}

/** One source in one answer: its plan, its readers, and what became of them. */
export class SourceRun {
  readonly source: EngineSource
  readonly #context: RunContext
  readonly #sign: number
  #opened: OpenedSource
  #reads: readonly PartRead[] = []
  #readers: readonly StreamReader[] = []
  #failure: SourceFailure | null
  #warnings: readonly SourceWarning[]
  #isPaused = false
  #isWithdrawn = false
  /** The last page that was compared with the same page of another part. */
  #compared: SeenPage | null = null

  /** @throws WaybillError when the position does not belong to the source as it is now */
  constructor(source: EngineSource, context: RunContext) {
    const { query, position, isFollowed } = context
    const opened = openSource(source, query, position?.kind === 'failed' ? null : position, isFollowed)
    if (opened === null) {
      throw new WaybillError(
        'INVALID_CURSOR',
        'The cursor does not fit the sources as they are now. Start again without after.',
      )
    }
    this.source = source
    this.#context = context
    this.#sign = query.sort.direction === 'asc' ? 1 : -1
    this.#opened = opened
    this.#failure = unsupportedSort(source, opened.plan) ?? earlierFailure(source, position)
    if (this.#failure === null) this.#openAll(opened.parts)
    this.#warnings = opened.isUndirected ? [warn('DIRECTION_IGNORED', 'direction')] : []
  }

  get plan(): SourcePlan {
    return this.#opened.plan
  }

  get readers(): readonly StreamReader[] {
    return this.#readers
  }

  /** Why the source is out of this traversal; null while it is in. */
  get failure(): SourceFailure | null {
    return this.#failure
  }

  /** What is wrong with how its parts stand to each other. */
  get warnings(): readonly SourceWarning[] {
    return this.#warnings
  }

  /** Whether no figure can be had: rows are in no part, or nothing is read because a clause asks for what cannot be known. */
  get isUncountable(): boolean {
    const { isUndirected, plan } = this.#opened
    if (this.#warnings.some(preventsCount)) return true
    return this.#reads.length === 0 && (isUndirected || (plan.kind === 'pruned' && plan.untold.length > 0))
  }

  get #isDivided(): boolean {
    return this.#reads.some(({ part }) => part.key !== this.source.id)
  }

  /** Whether nothing was taken of the source yet. */
  get #startsHere(): boolean {
    return this.#opened.parts.every(({ position }) => position.at === 'start' || position.at === 'seek')
  }

  /** Whether the rows that were taken in this answer are not to be given: their direction is not what it seems. */
  get isWithdrawn(): boolean {
    return this.#isWithdrawn
  }

  /** Takes no row of the source in this answer: what has to be known before is not. */
  pause(): void {
    this.#isPaused = true
  }

  fail(error: SourceFailure): void {
    this.#failure = error
  }

  /**
   * Makes sure, before a row is taken, that the parts of the source are apart. Where they are not, the direction cannot
   * be known, and the source is read as one list without it.
   *
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async checkParts(): Promise<void> {
    if (!this.#isDivided || this.#failure !== null) return
    // With a budget, the check that an earlier answer could not afford is made up for.
    const isDue = this.#startsHere || this.#context.open.reading.budget.isLimited
    if (!isDue && this.#reads.length < 2) return
    await this.head()
    await this.#compare(this.#reads.length < 2 || (this.#startsHere && areFarApart(this.#reads)))
  }

  /**
   * Makes sure, when rows were taken, that the parts of the source are still apart: an upstream may begin to pass over
   * the direction while it is read. Where they are not, or where the source failed before it could be seen, the rows of
   * this answer are withdrawn.
   *
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async recheckParts(): Promise<void> {
    if (!this.#isDivided || this.#isPaused) return
    // Lists whose order is not the one in which they are merged need not meet where they are mixed.
    const mayAsk = this.#reads.length < 2 || this.#context.query.sort.field === 'updatedAt'
    if (this.#failure !== null) {
      this.#isWithdrawn = areMixed(this.#reads) || (mayAsk && this.#hasUncompared)
      return
    }
    await this.#compare(mayAsk)
    this.#isWithdrawn = this.#opened.isUndirected
    if (!this.#isWithdrawn) await this.#checkEmptyPart()
  }

  /** Whether a page brought rows in this answer that was not compared. */
  get #hasUncompared(): boolean {
    const seen = latestOf(this.#reads)?.reader.seen()
    return seen !== undefined && seen.pages > 0 && seen.last !== this.#compared
  }

  /**
   * Where the parts are not apart, the source is read as one list from where this answer began.
   * @param mayAsk whether a page of another part may be asked for
   */
  async #compare(mayAsk: boolean): Promise<void> {
    if (!areMixed(this.#reads) && !(mayAsk && (await this.#isListedTwice()))) return
    const [first] = this.#opened.parts
    const part = undirectedOf(this.source)
    const plan = planSource(part, this.#context.query)
    const at: StreamPosition = first?.position ?? { at: 'start' }
    const parts = plan.kind === 'read' ? [{ part, plan, position: at }] : []
    this.#opened = { parts, unneeded: [], plan, isUndirected: true }
    this.#openAll(parts)
    this.#warnings = [warn('DIRECTION_IGNORED', 'direction')]
  }

  /**
   * Notes rows that are in no part of the source.
   * @throws UpstreamError; BudgetSpent; the signal's reason when it is aborted
   */
  async countParts(): Promise<void> {
    if (this.#reads.length < 2 || !this.#startsHere || this.#failure !== null) return
    if (this.#warnings.length > 0) return
    const found = await missingFromParts(this.#reads, wholeOf(this.source), this.#stream(this.source))
    if (found === null) return
    const { parts, whole } = found
    const message = `The messages of each direction add up to ${parts}, but the source counts ${whole} in all: some have neither direction and are missing here. Leave out the field direction to read them.`
    const count = Math.abs(whole - parts)
    this.#warnings = [...this.#warnings, { code: 'TOTALS_DISAGREE', message, field: 'direction', count }]
  }

  /** A part that lists nothing, from its beginning or any more, may be one that the source does not know by this name. */
  async #checkEmptyPart(): Promise<void> {
    const empty = this.#reads.find(({ reader }, index) => {
      const position = this.#opened.parts[index]?.position
      const wasRead = (position?.at === 'row' || position?.at === 'cursor') && position.ended
      return !wasRead && reader.hasMore() === false && reader.seen().ids.size === 0
    })
    if (empty === undefined) return
    const all = [...this.#reads.map(({ part }) => part), ...this.#opened.unneeded]
    const others = all.filter((part) => part !== empty.part)
    const whole = wholeOf(this.source)
    if (!(await hasRowsInNoPart(empty, whole, others, this.#stream(this.source)))) return
    const message =
      'The source lists messages that it lists for neither direction, and they are missing here. Leave out the field and the filter direction to read them.'
    this.#warnings = [
      ...this.#warnings,
      { code: 'TOTALS_DISAGREE', message, field: 'direction', count: null },
    ]
  }

  /** The row that stands next, where nothing has to be waited for; null where {@link head} has to find it. */
  headHere(): HeadRow | null {
    if (this.#failure !== null || this.#isPaused) return null
    let best: HeadRow | null = null
    for (const { reader } of this.#reads) {
      const message = reader.here()
      if (message === null) return null
      if (best === null || this.#order(message, best.message) < 0) best = { message, reader }
    }
    return best
  }

  /** The row that stands next, `paused` when a budget ended before it was found, null at the end. */
  async head(): Promise<HeadRow | 'paused' | null> {
    if (this.#failure !== null) return null
    if (this.#isPaused) return 'paused'
    const peeked = await Promise.allSettled(
      this.#readers.map(async (reader) => ({ reader, head: await reader.peek() })),
    )
    // A part that goes on while its source fails would still send requests behind the report.
    const failed = peeked.find((each) => each.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    const heads = peeked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    if (heads.some(({ head }) => head.kind === 'paused')) return 'paused'
    let best: HeadRow | null = null
    for (const { head, reader } of heads) {
      if (head.kind !== 'row') continue
      if (best === null || this.#order(head.message, best.message) < 0)
        best = { message: head.message, reader }
    }
    return best
  }

  hasMore(): boolean | null {
    if (this.#failure !== null) return false
    const known = this.#readers.map((reader) => reader.hasMore())
    return known.includes(true) ? true : known.includes(null) ? null : false
  }

  bookmarks(): Bookmarks {
    return this.#readers.map((reader) => reader.bookmark())
  }

  positionAt(bookmarks: Bookmarks): SourcePosition {
    if (this.#failure !== null) return { kind: 'failed', code: this.#failure.code }
    const { isUndirected } = this.#opened
    if (this.#reads.length === 0)
      return isUndirected ? { kind: 'streams', streams: [{ at: 'end' }], isUndirected } : { kind: 'pruned' }
    const streams = this.#readers.map((reader, index) => {
      const position = reader.positionAt(bookmarks[index] ?? 0)
      // What was not checked yet has not ended.
      const origin = this.#opened.parts[index]?.position ?? position
      return this.#isPaused && position.at === 'end' ? origin : position
    })
    return { kind: 'streams', streams, isUndirected }
  }

  #openAll(parts: readonly OpenedPart[]): void {
    this.#reads = parts.map((each) => this.#open(each, parts.length))
    this.#readers = this.#reads.map(({ reader }) => reader)
  }

  #open({ part, plan, position }: OpenedPart, parts: number): PartRead {
    const { open } = this.#context
    const want = Math.ceil(open.want / parts)
    const reading = { ...open.reading, source: part }
    return { part, plan, reader: openReader({ ...open, reading, plan, want }, position) }
  }

  /** Whether the page that was read last is listed in another part too. */
  async #isListedTwice(): Promise<boolean> {
    const read = latestOf(this.#reads)
    const others = [...this.#opened.unneeded, ...this.#reads.map(({ part }) => part)]
    const other = others.find((part) => part !== read?.part)
    const last = read?.reader.seen().last ?? null
    if (read === null || other === undefined || last === this.#compared) return false
    const isListed = await isListedIn(other, read, this.#reads.length === 1, this.#stream(this.source))
    this.#compared = last
    return isListed
  }

  #stream(source: EngineSource): Omit<Stream, 'plan'> {
    const { open } = this.#context
    return { ...open, reading: { ...open.reading, source: wholeOf(source) } }
  }

  #order(a: Message, b: Message): number {
    return this.#sign * (a.sentAt - b.sentAt || compareIds(a.upstreamId, b.upstreamId))
  }
}

function earlierFailure(source: EngineSource, position: SourcePosition | null): SourceFailure | null {
  return position?.kind === 'failed' ? new DroppedSourceError(position.code, source.id) : null
}

function unsupportedSort(source: EngineSource, plan: SourcePlan): SourceFailure | null {
  return plan.kind === 'unsupported-sort' ? new UnsupportedSortError(source, plan.sort) : null
}

/** The reader for the source's kind of paging. */
function openReader(stream: Stream, position: StreamPosition): StreamReader {
  switch (stream.reading.source.provider.capabilities.paging.kind) {
    case 'window':
      return new WindowReader(stream, position)
    case 'page':
      return new PageReader(stream, position)
    case 'cursor':
      return new CursorReader(stream, position)
  }
}
