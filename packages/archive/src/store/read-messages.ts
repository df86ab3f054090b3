import type { TimeRange } from '@waybill/core'
import type { Kysely } from 'kysely'
import type { Session } from '../database/archive-database.js'
import { fromIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import type { Stored, StoredSpan } from './archive-store.js'
import { loadVersions } from './drafts.js'

export async function readStored(
  database: Session,
  source: string,
  ids: readonly string[],
): Promise<Map<string, Stored>> {
  const versions = await loadVersions(database, source, [...new Set(ids)])
  return new Map(
    versions.map(({ message, deletedAt, changedAt }) => [
      message.upstreamId,
      { message, deleted: deletedAt !== null, changedAt },
    ]),
  )
}

export async function readIdsWithin(
  db: Kysely<Tables>,
  source: string,
  { from, to }: TimeRange,
): Promise<string[]> {
  const rows = await db
    .selectFrom('messages')
    .select('id_key')
    .where('source', '=', source)
    .where('sent_at', '>=', from)
    .where('sent_at', '<=', to)
    .where('deleted_at', 'is', null)
    .orderBy('sent_at')
    .orderBy('id_key')
    .execute()
  return rows.map(({ id_key }) => fromIdKey(id_key))
}

export async function readSpan(db: Kysely<Tables>, source: string): Promise<StoredSpan> {
  const counts = await db
    .selectFrom('sources')
    .select(['message_count', 'deleted_count'])
    .where('source', '=', source)
    .executeTakeFirst()
  return {
    count: counts?.message_count ?? 0,
    deletedCount: counts?.deleted_count ?? 0,
    oldest: await readEnd(db, source, 'asc'),
    newest: await readEnd(db, source, 'desc'),
  }
}

async function readEnd(
  db: Kysely<Tables>,
  source: string,
  direction: 'asc' | 'desc',
): Promise<number | null> {
  const row = await db
    .selectFrom('messages')
    .select('sent_at')
    .where('source', '=', source)
    .where('deleted_at', 'is', null)
    .orderBy('sent_at', direction)
    .limit(1)
    .executeTakeFirst()
  return row?.sent_at ?? null
}
