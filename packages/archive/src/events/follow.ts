import { type Message, type TimeRange, WaybillError } from '@waybill/core'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { callDatabase } from '../database/unavailable.js'
import { type ArchiveEventKind, readEvents, readKeptEvents, type StoredEvent } from '../store/events.js'
import { readStored } from '../store/read-messages.js'
import type { EventPosition, EventWatch } from './event-watch.js'

/** Something that happened to a message, or to the known gaps of a source. */
export interface ArchiveEvent {
  readonly source: string
  readonly kind: ArchiveEventKind
  /** When it was observed, in milliseconds since the epoch. */
  readonly at: number
  /** The message as it is stored by now, deleted ones included; null for an event of a gap. */
  readonly message: Message | null
  /** The gap; null for an event of a message. */
  readonly range: TimeRange | null
  /** Where to go on after this event. */
  readonly position: EventPosition
}

export interface FollowOptions {
  /** Ids of the sources. */
  readonly sources: readonly string[]
  /** Where to go on; null: with what happens from now on. A source that it does not name is followed from its oldest kept event. */
  readonly after: EventPosition | null
  /** Ends it. */
  readonly signal: AbortSignal
}

/** How many events of a source are read at once. */
const BATCH = 100

/**
 * Yields what happens to some sources, each event once: those of one source in their order, those of several by their time as far
 * as they are there at once. It reads on only as it is consumed, and ends when its signal is aborted.
 *
 * @throws WaybillError INVALID_CURSOR where events after the position are no longer kept; ARCHIVE_UNAVAILABLE.
 */
export async function* followEvents(
  database: ArchiveDatabase,
  watch: EventWatch,
  { sources, after, signal }: FollowOptions,
): AsyncGenerator<ArchiveEvent, void, undefined> {
  const position = new Map(await startOf(database, sources, after))
  while (!signal.aborted) {
    const batch = await nextBatch(database, position)
    for (const { source, event } of batch) {
      if (signal.aborted) return
      position.set(source, event.sequence)
      yield await presented(database, source, event, new Map(position))
    }
    if (batch.length === 0) await watch.changed(position, signal)
  }
}

async function startOf(
  { db }: ArchiveDatabase,
  sources: readonly string[],
  after: EventPosition | null,
): Promise<[string, number][]> {
  const starts: [string, number][] = []
  for (const source of sources) {
    const { first, last } = await callDatabase(() => readKeptEvents(db, source), { source })
    const oldest = Math.max(first - 1, 0)
    const start = after === null ? last : (after.get(source) ?? oldest)
    if (start < oldest || start > last) throw lost(source)
    starts.push([source, start])
  }
  return starts
}

function lost(source: string): WaybillError {
  return new WaybillError(
    'INVALID_CURSOR',
    `Events of "${source}" after this one are no longer kept. Read what changed with messages(sort: { field: UPDATED_AT }), then subscribe without after.`,
  )
}

interface SourceEvent {
  readonly source: string
  readonly event: StoredEvent
}

/** The next events of all sources, by their time. */
async function nextBatch({ db }: ArchiveDatabase, position: EventPosition): Promise<SourceEvent[]> {
  const batch: SourceEvent[] = []
  for (const [source, after] of position) {
    const events = await callDatabase(() => readEvents(db, source, after, BATCH), { source })
    const [next] = events
    // Removed while it was followed too slowly.
    if (next !== undefined && next.sequence !== after + 1) throw lost(source)
    batch.push(...events.map((event) => ({ source, event })))
  }
  // Stable: the events of one source stay in their order, unless its clock was set back.
  return mergedByTime(batch)
}

/** Merges the sources' events by time without ever changing the order within a source. */
function mergedByTime(events: readonly SourceEvent[]): SourceEvent[] {
  const latest = new Map<string, number>()
  return events
    .map((item) => {
      const time = Math.max(item.event.at, latest.get(item.source) ?? Number.NEGATIVE_INFINITY)
      latest.set(item.source, time)
      return { item, time }
    })
    .toSorted((a, b) => a.time - b.time)
    .map(({ item }) => item)
}

async function presented(
  database: ArchiveDatabase,
  source: string,
  { kind, at, upstreamId, range }: StoredEvent,
  position: EventPosition,
): Promise<ArchiveEvent> {
  const stored =
    upstreamId === null
      ? undefined
      : await callDatabase(() => readStored(database, source, [upstreamId]), { source })
  const message = upstreamId === null ? null : (stored?.get(upstreamId)?.message ?? null)
  return { source, kind, at, message, range, position }
}
