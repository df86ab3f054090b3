import type { MessageDetail, MessageStatus } from '@waybill/core'
import { type ArchiveDatabase, chunksOf } from '../database/archive-database.js'
import { fromIdKey, toIdKey } from '../database/encoding.js'

/** A status and when it was first seen, in milliseconds since the epoch. */
export interface StatusChange {
  readonly status: MessageStatus | null
  readonly observedAt: number
}

/** What an archive knows of a message beside the message. */
export interface ArchiveRecord {
  /** Every status that was seen, oldest first. */
  readonly statusHistory: readonly StatusChange[]
  /** When it was found to be deleted upstream, in milliseconds since the epoch; null while it is there. */
  readonly deletedAt: number | null
  /** What a request for the single message told; null where there was none. */
  readonly detail: MessageDetail | null
}

/** By upstream id, of those that are stored. */
export async function readArchiveRecords(
  { db }: ArchiveDatabase,
  source: string,
  ids: readonly string[],
): Promise<Map<string, ArchiveRecord>> {
  const records = new Map<string, ArchiveRecord>()
  for (const keys of chunksOf([...new Set(ids)].map(toIdKey))) {
    const rows = await db
      .selectFrom('messages')
      .select(['row_id', 'id_key', 'status', 'changed_at', 'deleted_at', 'detail'])
      .where('source', '=', source)
      .where('id_key', 'in', keys)
      .execute()
    const past = await readPastStatuses(
      db,
      rows.map(({ row_id }) => row_id),
    )
    for (const row of rows) {
      const now = { status: row.status as MessageStatus | null, observedAt: row.changed_at }
      records.set(fromIdKey(row.id_key), {
        statusHistory: withoutRepeats([...(past.get(row.row_id) ?? []), now]),
        deletedAt: row.deleted_at,
        detail: row.detail === null ? null : (JSON.parse(row.detail) as MessageDetail),
      })
    }
  }
  return records
}

async function readPastStatuses(
  db: ArchiveDatabase['db'],
  rowIds: readonly number[],
): Promise<Map<number, StatusChange[]>> {
  if (rowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('past_versions')
    .select(['row_id', 'status', 'observed_at'])
    .where('row_id', 'in', [...rowIds])
    .orderBy('row_id')
    .orderBy('version')
    .execute()
  const statuses = new Map<number, StatusChange[]>()
  for (const { row_id, status, observed_at } of rows) {
    const changes = statuses.get(row_id) ?? []
    changes.push({ status: status as MessageStatus | null, observedAt: observed_at })
    statuses.set(row_id, changes)
  }
  return statuses
}

/** A version that left the status as it was is no change of it. */
function withoutRepeats(changes: readonly StatusChange[]): StatusChange[] {
  return changes.filter(({ status }, index) => index === 0 || status !== changes[index - 1]?.status)
}
