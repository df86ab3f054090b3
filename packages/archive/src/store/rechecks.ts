import type { Kysely, Selectable } from 'kysely'
import { chunksOf, type Session } from '../database/archive-database.js'
import { fromIdKey, toIdKey } from '../database/encoding.js'
import type { RechecksTable, Tables } from '../database/tables.js'
import type { Recheck } from './archive-store.js'

export async function readDue(
  db: Kysely<Tables>,
  source: string,
  now: number,
  limit: number,
): Promise<Recheck[]> {
  const rows = await db
    .selectFrom('rechecks')
    .select(['id_key', 'reason', 'due_at', 'attempts'])
    .where('source', '=', source)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id_key')
    .limit(limit)
    .execute()
  return rows.map(toRecheck)
}

export async function readNextDue(db: Kysely<Tables>, source: string): Promise<number | null> {
  const row = await db
    .selectFrom('rechecks')
    .select('due_at')
    .where('source', '=', source)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

export async function readRechecks(
  { db, dialect }: Session,
  source: string,
  ids: readonly string[],
): Promise<Map<string, Recheck>> {
  const found = new Map<string, Recheck>()
  for (const keys of chunksOf([...new Set(ids)].map(toIdKey))) {
    const rows = await db
      .selectFrom('rechecks')
      .select(['id_key', 'reason', 'due_at', 'attempts'])
      .where('source', '=', source)
      .where((eb) => dialect.isAmong(eb.ref('id_key'), keys))
      .execute()
    for (const recheck of rows.map(toRecheck)) found.set(recheck.upstreamId, recheck)
  }
  return found
}

/** @returns their keys */
export async function setRechecks(
  db: Kysely<Tables>,
  source: string,
  rechecks: readonly Recheck[],
): Promise<string[]> {
  const byKey = new Map(rechecks.map((recheck) => [toIdKey(recheck.upstreamId), recheck]))
  const rows = [...byKey].map(([id_key, { reason, dueAt, attempts }]) => ({
    source,
    id_key,
    reason,
    due_at: dueAt,
    attempts,
  }))
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('rechecks')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['source', 'id_key']).doUpdateSet(({ ref }) => ({
          reason: ref('excluded.reason'),
          due_at: ref('excluded.due_at'),
          attempts: ref('excluded.attempts'),
        })),
      )
      .execute()
  }
  return [...byKey.keys()]
}

/** @returns the keys of those that there were */
export async function removeRechecks(
  db: Kysely<Tables>,
  source: string,
  ids: readonly string[],
): Promise<string[]> {
  const removed: string[] = []
  for (const keys of chunksOf(ids.map(toIdKey))) {
    const rows = await db
      .deleteFrom('rechecks')
      .where('source', '=', source)
      .where('id_key', 'in', keys)
      .returning('id_key')
      .execute()
    removed.push(...rows.map(({ id_key }) => id_key))
  }
  return removed
}

function toRecheck({
  id_key,
  reason,
  due_at,
  attempts,
}: Pick<Selectable<RechecksTable>, 'id_key' | 'reason' | 'due_at' | 'attempts'>): Recheck {
  return {
    upstreamId: fromIdKey(id_key),
    reason: reason === 'absence' ? 'absence' : 'final',
    dueAt: due_at,
    attempts,
  }
}
