import type { TimeRange } from '@waybill/core'
import type { Kysely } from 'kysely'
import type { Session } from '../database/archive-database.js'
import { fromIdKey, toIdKey } from '../database/encoding.js'
import { insertRows, type RowsTarget } from '../database/insert-rows.js'
import type { EventsTable, Tables } from '../database/tables.js'

/** What happened: to a message, or to the known gaps of a history. */
export type ArchiveEventKind =
  | 'CREATED'
  | 'STATUS_CHANGED'
  | 'CHANGED'
  | 'DELETED'
  | 'GAP_OPENED'
  | 'GAP_CLOSED'

/** What a commit has to report. */
export type NewEvent =
  | { readonly kind: Exclude<ArchiveEventKind, 'GAP_OPENED' | 'GAP_CLOSED'>; readonly upstreamId: string }
  | { readonly kind: 'GAP_OPENED' | 'GAP_CLOSED'; readonly range: TimeRange }

/** An event as it is stored. */
export interface StoredEvent {
  /** Grows by one with each event of a source. */
  readonly sequence: number
  readonly kind: ArchiveEventKind
  /** When it was observed, in milliseconds since the epoch. */
  readonly at: number
  /** Null for an event of a gap. */
  readonly upstreamId: string | null
  /** Null for an event of a message. */
  readonly range: TimeRange | null
}

/** Which events of a source are kept: their sequences, 0 and 0 where there was none. */
export interface KeptEvents {
  readonly first: number
  readonly last: number
}

/** How many events of a source are kept. */
export const KEPT_EVENTS = 100_000

/** How many more may pile up before the oldest are removed. */
const SLACK = 1000

/**
 * Adds events to those of a source, and removes the oldest. Only whoever holds the source's lease may call it, within the
 * transaction of the commit: so sequences are visible in their order.
 */
export async function appendEvents(
  transaction: Session,
  source: string,
  at: number,
  events: readonly NewEvent[],
): Promise<void> {
  if (events.length === 0) return
  const { db } = transaction
  const { first, last } = await readKeptEvents(db, source)
  const rows = events.map((event, index) => toRow(source, last + 1 + index, at, event))
  await insertRows(transaction, EVENTS, rows)
  const oldest = last + events.length - KEPT_EVENTS
  if (first > 0 && first + SLACK <= oldest)
    await db.deleteFrom('events').where('source', '=', source).where('sequence', '<=', oldest).execute()
}

const EVENTS: RowsTarget<keyof EventsTable> = {
  table: 'events',
  columns: {
    source: 'text',
    sequence: 'int8',
    kind: 'text',
    at: 'float8',
    id_key: 'text',
    from_at: 'float8',
    to_at: 'float8',
  },
}

export async function readKeptEvents(db: Kysely<Tables>, source: string): Promise<KeptEvents> {
  // In this order: what is removed in between is then seen as lost, never overlooked.
  const last = await readEnd(db, source, 'desc')
  return { first: await readEnd(db, source, 'asc'), last }
}

async function readEnd(db: Kysely<Tables>, source: string, direction: 'asc' | 'desc'): Promise<number> {
  const row = await db
    .selectFrom('events')
    .select('sequence')
    .where('source', '=', source)
    .orderBy('sequence', direction)
    .limit(1)
    .executeTakeFirst()
  return row?.sequence ?? 0
}

/** The events after a sequence, in their order. */
export async function readEvents(
  db: Kysely<Tables>,
  source: string,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const rows = await db
    .selectFrom('events')
    .selectAll()
    .where('source', '=', source)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute()
  return rows.map(({ sequence, kind, at, id_key, from_at, to_at }) => ({
    sequence,
    kind: kind as ArchiveEventKind,
    at,
    upstreamId: id_key === null ? null : fromIdKey(id_key),
    range: from_at === null || to_at === null ? null : { from: from_at, to: to_at },
  }))
}

function toRow(source: string, sequence: number, at: number, event: NewEvent): EventsTable {
  const { kind } = event
  const common = { source, sequence, kind, at }
  return 'range' in event
    ? { ...common, id_key: null, from_at: event.range.from, to_at: event.range.to }
    : { ...common, id_key: toIdKey(event.upstreamId), from_at: null, to_at: null }
}
