import type { TimeRange } from '@waybill/core'
import type { Kysely } from 'kysely'
import { toIdKey } from '../database/id-key.js'
import type { SourcesTable, Tables } from '../database/tables.js'
import type { Batch, Gap, Settlement } from './batch.js'
import { chunksOf } from './chunks.js'
import type { SyncProgress } from './progress.js'
import { writeProven } from './proven.js'
import { readCoverage } from './read-sync-state.js'
import { removeReadable, removeUnseen, setAside } from './rejected.js'
import { unionRanges } from './union-ranges.js'

/** By how much a source's counts grew. */
export interface CountDeltas {
  readonly messages: number
  readonly deleted: number
}

/**
 * Writes everything of a batch that is not about single messages.
 * @returns the keys of messages for which something is planned now, or is no longer
 */
export async function writeSyncState(
  db: Kysely<Tables>,
  batch: Batch,
  deltas: CountDeltas,
): Promise<string[]> {
  const { source } = batch.lease
  await updateSource(db, source, deltas, batch.progress ?? {})
  await joinCoverage(db, batch)
  if (batch.ascertained !== undefined) await closeGaps(db, source, batch.ascertained)
  await insertGaps(db, source, batch.gaps ?? [])
  if (batch.proven !== undefined) await writeProven(db, source, batch.proven)
  await setAside(db, source, batch.rejected ?? [], batch.observedAt)
  await removeReadable(db, source, batch.messages)
  if (batch.rejectedSeenSince !== undefined) await removeUnseen(db, source, batch.rejectedSeenSince)
  await setCheckpoints(db, source, batch.checkpoints ?? {})
  const set = await setSettlements(db, source, batch.settlements ?? [])
  const removed = await removeSettlements(db, source, batch.settled ?? [])
  return [...set, ...removed]
}

async function updateSource(
  db: Kysely<Tables>,
  source: string,
  deltas: CountDeltas,
  progress: Partial<SyncProgress>,
): Promise<void> {
  const columns = progressColumns(progress)
  await db
    .insertInto('sources')
    .values({
      last_synced_at: null,
      poll_interval_ms: null,
      last_error: null,
      head_warnings: null,
      reconcile_warnings: null,
      ...columns,
      source,
      message_count: deltas.messages,
      deleted_count: deltas.deleted,
    })
    .onConflict((conflict) =>
      conflict.column('source').doUpdateSet((eb) => ({
        ...columns,
        message_count: eb('sources.message_count', '+', eb.ref('excluded.message_count')),
        deleted_count: eb('sources.deleted_count', '+', eb.ref('excluded.deleted_count')),
      })),
    )
    .execute()
}

function progressColumns({
  lastSyncedAt,
  pollIntervalMs,
  lastError,
  headWarnings,
  reconcileWarnings,
}: Partial<SyncProgress>): Partial<SourcesTable> {
  return {
    ...(lastSyncedAt === undefined ? {} : { last_synced_at: lastSyncedAt }),
    ...(pollIntervalMs === undefined ? {} : { poll_interval_ms: pollIntervalMs }),
    ...(lastError === undefined ? {} : { last_error: toJson(lastError) }),
    ...(headWarnings === undefined ? {} : { head_warnings: toJson(headWarnings) }),
    ...(reconcileWarnings === undefined ? {} : { reconcile_warnings: toJson(reconcileWarnings) }),
  }
}

function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value)
}

async function joinCoverage(db: Kysely<Tables>, { lease: { source }, coverage = [] }: Batch): Promise<void> {
  if (coverage.length === 0) return
  const union = unionRanges([...(await readCoverage(db, source)), ...coverage])
  await db.deleteFrom('coverage').where('source', '=', source).execute()
  for (const chunk of chunksOf(union.map(({ from, to }) => ({ source, from_at: from, to_at: to })))) {
    await db.insertInto('coverage').values(chunk).execute()
  }
}

async function closeGaps(db: Kysely<Tables>, source: string, { from, to }: TimeRange): Promise<void> {
  await db
    .deleteFrom('gaps')
    .where('source', '=', source)
    .where('from_at', '>=', from)
    .where('to_at', '<=', to)
    .execute()
}

async function insertGaps(db: Kysely<Tables>, source: string, gaps: readonly Gap[]): Promise<void> {
  const rows = gaps.map(({ from, to, observedAt }) => ({
    source,
    from_at: from,
    to_at: to,
    observed_at: observedAt,
  }))
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('gaps')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

async function setCheckpoints(
  db: Kysely<Tables>,
  source: string,
  checkpoints: Readonly<Record<string, string | null>>,
): Promise<void> {
  for (const [name, value] of Object.entries(checkpoints)) {
    if (value === null) {
      await db.deleteFrom('checkpoints').where('source', '=', source).where('name', '=', name).execute()
      continue
    }
    await db
      .insertInto('checkpoints')
      .values({ source, name, value: JSON.stringify(value) })
      .onConflict((conflict) =>
        conflict.columns(['source', 'name']).doUpdateSet(({ ref }) => ({ value: ref('excluded.value') })),
      )
      .execute()
  }
}

/** @returns the keys of those that there were */
async function removeSettlements(
  db: Kysely<Tables>,
  source: string,
  ids: readonly string[],
): Promise<string[]> {
  const removed: string[] = []
  for (const keys of chunksOf(ids.map(toIdKey))) {
    const rows = await db
      .deleteFrom('settlements')
      .where('source', '=', source)
      .where('id_key', 'in', keys)
      .returning('id_key')
      .execute()
    removed.push(...rows.map(({ id_key }) => id_key))
  }
  return removed
}

/** @returns their keys */
async function setSettlements(
  db: Kysely<Tables>,
  source: string,
  settlements: readonly Settlement[],
): Promise<string[]> {
  const byKey = new Map(settlements.map((settlement) => [toIdKey(settlement.upstreamId), settlement]))
  const rows = [...byKey].map(([id_key, { reason, dueAt, attempts }]) => ({
    source,
    id_key,
    reason,
    due_at: dueAt,
    attempts,
  }))
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('settlements')
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
