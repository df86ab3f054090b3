import { type Message, type SourceWarning, WaybillError } from '@waybill/core'
import type { SourceFailure } from '../cursor/failure-code.js'
import type { SourcePosition } from '../cursor/position.js'
import type { EngineSource } from '../engine.js'
import type { ReadPlan, SourcePlan } from '../plan/plan.js'
import { compareIds } from '../read/compare-ids.js'
import { openReader } from '../read/open-reader.js'
import type { Head, Stream, StreamReader } from '../read/stream-reader.js'
import { DroppedSourceError } from './dropped-source-error.js'
import { fitPosition, type OpenedStream } from './fit-position.js'
import { UnsupportedSortError } from './unsupported-sort-error.js'

/** A row that stands at the head of a source. */
export interface HeadRow {
  readonly message: Message
  readonly reader: StreamReader
}

/** Places in all streams of a source at one moment. */
export type Bookmarks = readonly number[]

/** One source in one answer: its plan, its readers, and what became of them. */
export class SourceRun {
  readonly source: EngineSource
  readonly plan: SourcePlan
  readonly isMultiStream: boolean
  readonly startsHere: boolean
  readonly #readers: readonly StreamReader[]
  readonly #sign: number
  #failure: SourceFailure | null
  #doubt: SourceWarning | null = null

  /** @throws WaybillError when the position does not belong to the plan */
  constructor(
    source: EngineSource,
    plan: SourcePlan,
    position: SourcePosition | null,
    open: Omit<Stream, 'plan' | 'stream'>,
  ) {
    this.source = source
    this.plan = plan
    this.startsHere = position === null
    this.#failure = unsupportedSort(source, plan) ?? earlierFailure(source, position)
    const streams = plan.kind === 'read' && this.#failure === null ? fit(source, plan, position) : []
    this.isMultiStream = streams.length > 1
    this.#sign = plan.kind === 'read' && plan.sort.direction === 'asc' ? 1 : -1
    const want = Math.ceil(open.want / Math.max(1, streams.length))
    this.#readers = streams.map(({ stream, position: at }) =>
      openReader({ ...open, want, plan: plan as ReadPlan, stream }, at),
    )
  }

  get readers(): readonly StreamReader[] {
    return this.#readers
  }

  /** Why the source is out of this traversal; null while it is in. */
  get failure(): SourceFailure | null {
    return this.#failure
  }

  /** Why the streams together are not the source's list; null when there is no reason to think so. */
  get doubt(): SourceWarning | null {
    return this.#doubt
  }

  fail(error: SourceFailure): void {
    this.#failure = error
  }

  /** The row that stands next, `paused` when a budget ended before it was found, null at the end. */
  async head(): Promise<HeadRow | 'paused' | null> {
    if (this.#failure !== null) return null
    const peeked = await Promise.allSettled(
      this.#readers.map(async (reader) => ({ reader, head: await reader.peek() })),
    )
    // A stream that goes on while its source fails would still send requests behind the report.
    const failed = peeked.find((each) => each.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    const heads = peeked.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    if (heads.some(({ head }) => head.kind === 'paused')) return 'paused'
    if (this.#passOver(heads)) return this.head()
    let best: HeadRow | null = null
    for (const { head, reader } of heads) {
      if (head.kind !== 'row') continue
      if (best === null || this.#compare(head.message, best.message) < 0)
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
    if (this.plan.kind !== 'read') return { kind: 'pruned' }
    return {
      kind: 'streams',
      streams: this.#readers.map((reader, index) => reader.positionAt(bookmarks[index] ?? 0)),
    }
  }

  /** A source that does not filter as it says lists the same row in every stream: it is passed over in all but one. */
  #passOver(heads: readonly { readonly reader: StreamReader; readonly head: Head }[]): boolean {
    const met = new Set<string>()
    const again = heads.filter(({ head }) => {
      if (head.kind !== 'row') return false
      const isKnown = met.has(head.message.upstreamId)
      met.add(head.message.upstreamId)
      return isKnown
    })
    for (const { reader } of again) reader.take()
    if (again.length > 0) this.#doubt = NOT_APART
    return again.length > 0
  }

  #compare(a: Message, b: Message): number {
    return this.#sign * (a.sentAt - b.sentAt || compareIds(a.upstreamId, b.upstreamId))
  }
}

const NOT_APART: SourceWarning = {
  code: 'DIRECTION_IGNORED',
  message:
    'The source lists the same messages for both directions, so it does not filter by direction: what is said of the direction is wrong, and messages may be repeated. Leave the field direction out to read them.',
  field: 'direction',
  count: null,
}

function fit(
  { provider }: EngineSource,
  plan: ReadPlan,
  position: SourcePosition | null,
): readonly OpenedStream[] {
  const streams = fitPosition(plan, provider.capabilities.paging.kind, position)
  if (streams !== null) return streams
  throw new WaybillError(
    'INVALID_CURSOR',
    'The cursor does not fit the sources as they are now. Start again without after.',
  )
}

function earlierFailure(source: EngineSource, position: SourcePosition | null): SourceFailure | null {
  return position?.kind === 'failed' ? new DroppedSourceError(position.code, source.id) : null
}

function unsupportedSort(source: EngineSource, plan: SourcePlan): SourceFailure | null {
  return plan.kind === 'unsupported-sort' ? new UnsupportedSortError(source, plan.sort) : null
}
