import type { SourceWarning, TimeRange } from '@waybill/core'
import type { Kysely, Selectable } from 'kysely'
import { fromIdKey, toIdKey } from '../database/id-key.js'
import type { SettlementsTable, Tables } from '../database/tables.js'
import type { Gap, Settlement } from './batch.js'
import { chunksOf } from './chunks.js'
import type { SyncError, SyncProgress } from './progress.js'

export async function readCoverage(db: Kysely<Tables>, source: string): Promise<TimeRange[]> {
  const rows = await db
    .selectFrom('coverage')
    .select(['from_at', 'to_at'])
    .where('source', '=', source)
    .orderBy('from_at')
    .execute()
  return rows.map(({ from_at, to_at }) => ({ from: from_at, to: to_at }))
}

export async function readGaps(db: Kysely<Tables>, source: string): Promise<Gap[]> {
  const rows = await db
    .selectFrom('gaps')
    .select(['from_at', 'to_at', 'observed_at'])
    .where('source', '=', source)
    .orderBy('from_at')
    .orderBy('to_at')
    .execute()
  return rows.map(({ from_at, to_at, observed_at }) => ({
    from: from_at,
    to: to_at,
    observedAt: observed_at,
  }))
}

export async function readCheckpoint(
  db: Kysely<Tables>,
  source: string,
  name: string,
): Promise<string | null> {
  const row = await db
    .selectFrom('checkpoints')
    .select('value')
    .where('source', '=', source)
    .where('name', '=', name)
    .executeTakeFirst()
  return row === undefined ? null : (JSON.parse(row.value) as string)
}

export async function readProgress(db: Kysely<Tables>, source: string): Promise<SyncProgress> {
  const row = await db
    .selectFrom('sources')
    .select(['last_synced_at', 'poll_interval_ms', 'last_error', 'head_warnings', 'reconcile_warnings'])
    .where('source', '=', source)
    .executeTakeFirst()
  const error = row?.last_error ?? null
  return {
    lastSyncedAt: row?.last_synced_at ?? null,
    pollIntervalMs: row?.poll_interval_ms ?? null,
    lastError: error === null ? null : (JSON.parse(error) as SyncError),
    headWarnings: toWarnings(row?.head_warnings ?? null),
    reconcileWarnings: toWarnings(row?.reconcile_warnings ?? null),
  }
}

function toWarnings(text: string | null): SourceWarning[] {
  return text === null ? [] : (JSON.parse(text) as SourceWarning[])
}

export async function readDue(
  db: Kysely<Tables>,
  source: string,
  now: number,
  limit: number,
): Promise<Settlement[]> {
  const rows = await db
    .selectFrom('settlements')
    .select(['id_key', 'reason', 'due_at', 'attempts'])
    .where('source', '=', source)
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .orderBy('id_key')
    .limit(limit)
    .execute()
  return rows.map(toSettlement)
}

export async function readSettlements(
  db: Kysely<Tables>,
  source: string,
  ids: readonly string[],
): Promise<Map<string, Settlement>> {
  const found = new Map<string, Settlement>()
  for (const keys of chunksOf([...new Set(ids)].map(toIdKey))) {
    const rows = await db
      .selectFrom('settlements')
      .select(['id_key', 'reason', 'due_at', 'attempts'])
      .where('source', '=', source)
      .where('id_key', 'in', keys)
      .execute()
    for (const settlement of rows.map(toSettlement)) found.set(settlement.upstreamId, settlement)
  }
  return found
}

function toSettlement({
  id_key,
  reason,
  due_at,
  attempts,
}: Pick<Selectable<SettlementsTable>, 'id_key' | 'reason' | 'due_at' | 'attempts'>): Settlement {
  return {
    upstreamId: fromIdKey(id_key),
    reason: reason === 'absence' ? 'absence' : 'final',
    dueAt: due_at,
    attempts,
  }
}

export async function readNextDue(db: Kysely<Tables>, source: string): Promise<number | null> {
  const row = await db
    .selectFrom('settlements')
    .select('due_at')
    .where('source', '=', source)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}
