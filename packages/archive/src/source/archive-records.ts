import type { Message, MessageDetail, MessageStatus } from '@waybill/core'
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
  /** Texts that it had before it was edited, oldest first. */
  readonly pastTexts: readonly string[]
  /** When it was found to be deleted upstream, in milliseconds since the epoch; null while it is there. */
  readonly deletedAt: number | null
  /** What a request for the single message told; null where there was none. */
  readonly detail: MessageDetail | null
  /** Whether the message still has the status that it had at that request. */
  readonly isDetailCurrent: boolean
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
      .select(['row_id', 'id_key', 'status', 'changed_at', 'deleted_at', 'detail', 'detail_status'])
      .where('source', '=', source)
      .where('id_key', 'in', keys)
      .execute()
    const past = await readPastVersions(
      db,
      rows.map(({ row_id }) => row_id),
    )
    for (const row of rows) {
      const now = { status: row.status as MessageStatus | null, observedAt: row.changed_at }
      const { statuses = [], texts = [] } = past.get(row.row_id) ?? {}
      records.set(fromIdKey(row.id_key), {
        statusHistory: withoutRepeats([...statuses, now]),
        pastTexts: texts,
        deletedAt: row.deleted_at,
        detail: row.detail === null ? null : (JSON.parse(row.detail) as MessageDetail),
        isDetailCurrent: row.detail !== null && row.detail_status === row.status,
      })
    }
  }
  return records
}

/** What a message was before. */
interface PastVersions {
  readonly statuses: StatusChange[]
  readonly texts: string[]
}

async function readPastVersions(
  db: ArchiveDatabase['db'],
  rowIds: readonly number[],
): Promise<Map<number, PastVersions>> {
  if (rowIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('past_versions')
    .select(['row_id', 'status', 'observed_at', 'replaced'])
    .where('row_id', 'in', [...rowIds])
    .orderBy('row_id')
    .orderBy('version')
    .execute()
  const versions = new Map<number, PastVersions>()
  for (const { row_id, status, observed_at, replaced } of rows) {
    const past = versions.get(row_id) ?? { statuses: [], texts: [] }
    past.statuses.push({ status: status as MessageStatus | null, observedAt: observed_at })
    const text = replacedText(replaced)
    if (text !== null) past.texts.push(text)
    versions.set(row_id, past)
  }
  return versions
}

/** Most versions change the status alone, and need not be parsed. */
function replacedText(replaced: string): string | null {
  if (!replaced.includes('"text":')) return null
  return (JSON.parse(replaced) as Partial<Message>).text ?? null
}

/** A version that left the status as it was is no change of it. */
function withoutRepeats(changes: readonly StatusChange[]): StatusChange[] {
  return changes.filter(({ status }, index) => index === 0 || status !== changes[index - 1]?.status)
}
