import type {
  ArchiveRecord,
  Message,
  MessageDetail,
  MessageStatus,
  StatusChange,
  TextVersion,
} from '@waybill/core'
import { type ArchiveDatabase, chunksOf } from '../database/archive-database.js'
import type { Selectable } from 'kysely'
import { fromIdKey, toIdKey } from '../database/encoding.js'
import type { MessagesTable, PastVersionsTable } from '../database/tables.js'

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
      .select(['id_key', ...RECORD_COLUMNS])
      .where('source', '=', source)
      .where('id_key', 'in', keys)
      .execute()
    const found = await toRecords(db, rows)
    for (const [index, row] of rows.entries()) {
      const record = found[index]
      if (record !== undefined) records.set(fromIdKey(row.id_key), record)
    }
  }
  return records
}

/** The columns that a record is read from. */
export const RECORD_COLUMNS = [
  'messages.row_id',
  'status',
  'changed_at',
  'past_versions',
  'deleted_at',
  'detail',
  'detail_status',
] as const

export type RecordColumns = Pick<
  Selectable<MessagesTable>,
  'row_id' | 'status' | 'changed_at' | 'past_versions' | 'deleted_at' | 'detail' | 'detail_status'
>

/** The records of rows, in their order. Past versions are read only of those that have any. */
export async function toRecords(
  db: ArchiveDatabase['db'],
  rows: readonly RecordColumns[],
): Promise<ArchiveRecord[]> {
  const changed = rows.filter(({ past_versions }) => past_versions > 0)
  const past = new Map<number, PastVersion[]>()
  for (const chunk of chunksOf(changed.map(({ row_id }) => row_id))) {
    for (const [rowId, versions] of await readPastVersions(db, chunk)) past.set(rowId, versions)
  }
  return rows.map((row) => toRecord(row, past.get(row.row_id)))
}

function toRecord(row: RecordColumns, past: readonly PastVersion[] = []): ArchiveRecord {
  return {
    ...toCurrentRecord(row),
    statusHistory: withoutRepeats(
      [...past, { status: row.status, observed_at: row.changed_at }].map(toChange),
    ),
    textHistory: textHistoryOf(past, row.changed_at),
  }
}

/** The columns that a record without its histories is read from. */
export const CURRENT_RECORD_COLUMNS = ['status', 'deleted_at', 'detail', 'detail_status'] as const

export type CurrentRecordColumns = Pick<RecordColumns, (typeof CURRENT_RECORD_COLUMNS)[number]>

/** A record whose histories are left out. */
export function toCurrentRecord(row: CurrentRecordColumns): ArchiveRecord {
  return {
    statusHistory: NONE,
    textHistory: NONE,
    deletedAt: row.deleted_at,
    detail: row.detail === null ? null : (JSON.parse(row.detail) as MessageDetail),
    isDetailCurrent: row.detail !== null && row.detail_status === row.status,
  }
}

const NONE: readonly never[] = []

type PastVersion = Pick<PastVersionsTable, 'status' | 'observed_at' | 'replaced'>

/** Oldest first. */
async function readPastVersions(
  db: ArchiveDatabase['db'],
  rowIds: readonly number[],
): Promise<Map<number, PastVersion[]>> {
  const rows = await db
    .selectFrom('past_versions')
    .select(['row_id', 'status', 'observed_at', 'replaced'])
    .where('row_id', 'in', [...rowIds])
    .orderBy('row_id')
    .orderBy('version')
    .execute()
  return Map.groupBy(rows, ({ row_id }) => row_id)
}

function toChange({ status, observed_at }: Omit<PastVersion, 'replaced'>): StatusChange {
  return { status: status as MessageStatus | null, observedAt: observed_at }
}

/** A version that left the status as it was is no change of it. */
function withoutRepeats(changes: readonly StatusChange[]): StatusChange[] {
  return changes.filter(({ status }, index) => index === 0 || status !== changes[index - 1]?.status)
}

/** @param changedAt when the version that is there now was first seen */
function textHistoryOf(past: readonly PastVersion[], changedAt: number): TextVersion[] {
  return past.flatMap(({ replaced }, index) => {
    const text = replacedText(replaced)
    return text === undefined ? [] : [{ text, replacedAt: past[index + 1]?.observed_at ?? changedAt }]
  })
}

/** Undefined where the text stayed. Most versions change the status alone, and need not be parsed. */
function replacedText(replaced: string): string | null | undefined {
  return replaced.includes('"text":') ? (JSON.parse(replaced) as Partial<Message>).text : undefined
}
