import type { SourceWarning } from '@waybill/core'
import type { Kysely } from 'kysely'
import type { SourcesTable, Tables } from '../database/tables.js'
import type { SyncError, SyncProgress } from './archive-store.js'

/** By how much a source's counts grew. */
export interface CountDeltas {
  readonly messages: number
  readonly deleted: number
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

export async function updateSource(
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
