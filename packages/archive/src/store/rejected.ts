import { createHash } from 'node:crypto'
import type { Message, RejectedRow } from '@waybill/core'
import type { Kysely } from 'kysely'
import { fromIdKey, toIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import { chunksOf } from '../database/archive-database.js'

/** A row that cannot be read, set aside until it can. Times are milliseconds since the epoch. */
export interface RejectedRecord {
  /** Null where the id cannot be read either. */
  readonly upstreamId: string | null
  /** What was expected and where; quotes no value. */
  readonly reason: string
  readonly firstSeen: number
  readonly lastSeen: number
}

/** How many rows are set aside. */
export interface RejectedCount {
  readonly count: number
  /** Those of them of which no earlier form is stored as a message: the upstream counts them, the archive does not. */
  readonly unstored: number
}

/** Sets rows aside. Each is kept once, in the form in which it came last. */
export async function setAside(
  db: Kysely<Tables>,
  source: string,
  rejected: readonly RejectedRow[],
  seenAt: number,
): Promise<void> {
  const byKey = new Map(rejected.map((row) => [keyOf(row), row]))
  const rows = [...byKey].map(([row_key, { upstreamId, reason, raw }]) => ({
    source,
    row_key,
    id_key: upstreamId === null ? null : toIdKey(upstreamId),
    reason,
    raw: toJson(raw),
    first_seen: seenAt,
    last_seen: seenAt,
  }))
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('rejected')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['source', 'row_key']).doUpdateSet(({ ref }) => ({
          reason: ref('excluded.reason'),
          raw: ref('excluded.raw'),
          last_seen: ref('excluded.last_seen'),
        })),
      )
      .execute()
  }
}

/** Removes what came as messages after all, told by its id, or by what the upstream sent. */
export async function removeReadable(
  db: Kysely<Tables>,
  source: string,
  messages: readonly Message[],
): Promise<void> {
  if (messages.length === 0 || !(await hasAny(db, source))) return
  const keys = messages.flatMap(({ upstreamId, raw }) => [
    keyOf({ upstreamId, raw }),
    keyOf({ upstreamId: null, raw }),
  ])
  for (const chunk of chunksOf(keys)) {
    await db.deleteFrom('rejected').where('source', '=', source).where('row_key', 'in', chunk).execute()
  }
}

/** Removes what the whole list does not have any more. */
export async function removeUnseen(db: Kysely<Tables>, source: string, seenSince: number): Promise<void> {
  await db.deleteFrom('rejected').where('source', '=', source).where('last_seen', '<', seenSince).execute()
}

export async function countRejected(db: Kysely<Tables>, source: string): Promise<RejectedCount> {
  const { count, stored } = await db
    .selectFrom('rejected')
    .leftJoin('messages', (join) =>
      join
        .onRef('messages.source', '=', 'rejected.source')
        .onRef('messages.id_key', '=', 'rejected.id_key')
        .on('messages.deleted_at', 'is', null),
    )
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.count<number>('messages.id_key').as('stored')])
    .where('rejected.source', '=', source)
    .executeTakeFirstOrThrow()
  return { count, unstored: count - stored }
}

/** Those of the ids whose rows are set aside. */
export async function readSetAside(
  db: Kysely<Tables>,
  source: string,
  ids: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>()
  for (const keys of chunksOf(ids.map(toIdKey))) {
    const rows = await db
      .selectFrom('rejected')
      .select('row_key')
      .where('source', '=', source)
      .where(
        'row_key',
        'in',
        keys.map((key) => `id:${key}`),
      )
      .execute()
    for (const { row_key } of rows) found.add(fromIdKey(row_key.slice('id:'.length)))
  }
  return found
}

/** Those that came last, the latest first. */
export async function readRejected(
  db: Kysely<Tables>,
  source: string,
  limit: number,
): Promise<RejectedRecord[]> {
  const rows = await db
    .selectFrom('rejected')
    .select(['id_key', 'reason', 'first_seen', 'last_seen'])
    .where('source', '=', source)
    .orderBy('last_seen', 'desc')
    .orderBy('row_key')
    .limit(limit)
    .execute()
  return rows.map(({ id_key, reason, first_seen, last_seen }) => ({
    upstreamId: id_key === null ? null : fromIdKey(id_key),
    reason,
    firstSeen: first_seen,
    lastSeen: last_seen,
  }))
}

async function hasAny(db: Kysely<Tables>, source: string): Promise<boolean> {
  const row = await db
    .selectFrom('rejected')
    .select('row_key')
    .where('source', '=', source)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function keyOf({ upstreamId, raw }: Pick<RejectedRow, 'upstreamId' | 'raw'>): string {
  if (upstreamId !== null) return `id:${toIdKey(upstreamId)}`
  return `raw:${createHash('sha256').update(toJson(raw)).digest('base64url')}`
}

function toJson(raw: unknown): string {
  return JSON.stringify(raw) ?? 'null'
}
