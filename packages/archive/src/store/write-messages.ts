import { isDeepStrictEqual } from 'node:util'
import type { Message } from '@waybill/core'
import type { Kysely, Selectable } from 'kysely'
import { chunksOf, type Session } from '../database/archive-database.js'
import { toIdKey } from '../database/encoding.js'
import { insertRows, type RowsTarget } from '../database/insert-rows.js'
import type { MessagesTable, OriginalsTable, PastVersionsTable, Tables } from '../database/tables.js'
import type { CommitResult } from './archive-store.js'
import { conversationsOf, readAgreedContacts, updateAgreedContacts } from './conversation-contacts.js'
import type { Draft, StoredVersion } from './drafts.js'
import type { NewEvent } from './events.js'
import { updateHourlyCounts } from './hourly-counts.js'
import { differingFields } from './merge-message.js'
import { toColumns } from './message-row.js'

/** What was written, and by how much the number of deleted messages grew. */
export interface WrittenMessages extends CommitResult {
  readonly deletedDelta: number
  /** What was written of the drafts. */
  readonly drafts: readonly Draft[]
  readonly events: readonly NewEvent[]
}

/** The fields that a version changed, as they were before. */
type Replaced = Partial<Message> & { readonly deletedAt?: number | null }

/** Writes what differs from what is stored, and keeps what was there before as a past version. */
export async function writeMessages(
  transaction: Session,
  source: string,
  observedAt: number,
  drafts: readonly Draft[],
): Promise<WrittenMessages> {
  const added = drafts.filter(({ before }) => before === null)
  const kept = drafts.flatMap((draft) => (draft.before === null ? [] : [{ draft, before: draft.before }]))
  const changed = kept.flatMap(({ draft, before }) => {
    const replaced = replacedBy(before, draft)
    return replaced === null ? [] : [{ draft, before, replaced }]
  })
  const detailed = kept.filter(
    ({ draft, before }) => draft.detail !== before.detail || draft.detailStatus !== before.detailStatus,
  )
  const rows = new Map([
    ...detailed.map(
      ({ draft, before }) => [draft, toRow(source, draft, before.changedAt, before.pastVersions)] as const,
    ),
    ...changed.map(
      ({ draft, before }) => [draft, toRow(source, draft, observedAt, before.pastVersions + 1)] as const,
    ),
    ...added.map((draft) => [draft, toRow(source, draft, observedAt, 0)] as const),
  ])
  const written = [...rows.keys()]
  const agreed = await readAgreedContacts(transaction, source, written.flatMap(conversationsOf))
  const rowIds = await upsertMessages(
    transaction,
    Array.from(rows.values(), (row) => ({
      ...row,
      contact:
        row.told_contact ?? (row.interaction_id === null ? null : agreed.get(row.interaction_id)) ?? null,
    })),
  )
  await updateAgreedContacts(transaction, source, written, agreed)
  await updateHourlyCounts(transaction.db, source, [
    ...changed.map(({ before }) => ({ message: before.message, by: -1 })),
    ...[...changed.map(({ draft }) => draft), ...added].map(({ message }) => ({ message, by: 1 })),
  ])
  await insertPastVersions(
    transaction.db,
    changed.map(({ before, replaced }) => pastVersion(before, replaced)),
  )
  const originals = drafts.filter(
    ({ before, message }) => !isDeepStrictEqual(before === null ? null : before.message.raw, message.raw),
  )
  await upsertOriginals(transaction, originals, rowIds)
  return {
    drafts: written,
    added: added.map(idOf),
    changed: changed.map(({ draft }) => idOf(draft)),
    events: [
      ...added.map((draft) => ({ kind: 'CREATED', upstreamId: idOf(draft) }) as const),
      ...changed.map(
        ({ draft, before }) => ({ kind: kindOf(before, draft), upstreamId: idOf(draft) }) as const,
      ),
    ],
    deletedDelta: kept.reduce((sum, { draft, before }) => sum + isDeleted(draft) - isDeleted(before), 0),
  }
}

function kindOf(before: StoredVersion, draft: Draft): 'DELETED' | 'STATUS_CHANGED' | 'CHANGED' {
  if (before.deletedAt === null && draft.deletedAt !== null) return 'DELETED'
  return before.message.status === draft.message.status ? 'CHANGED' : 'STATUS_CHANGED'
}

function replacedBy(before: StoredVersion, draft: Draft): Replaced | null {
  const fields = differingFields(before.message, draft.message)
  const replaced = before.deletedAt === draft.deletedAt ? fields : { ...fields, deletedAt: before.deletedAt }
  return Object.keys(replaced).length === 0 ? null : replaced
}

function pastVersion(before: StoredVersion, replaced: Replaced): PastVersionsTable {
  return {
    row_id: before.rowId,
    version: before.pastVersions,
    observed_at: before.changedAt,
    status: before.message.status,
    replaced: JSON.stringify(replaced),
  }
}

/** A row as far as it follows from the message alone. */
type MessageRow = Omit<Selectable<MessagesTable>, 'row_id' | 'contact'>

function toRow(
  source: string,
  { message, deletedAt, detail, detailStatus }: Draft,
  changedAt: number,
  pastVersions: number,
): MessageRow {
  return {
    source,
    ...toColumns(message),
    changed_at: changedAt,
    past_versions: pastVersions,
    deleted_at: deletedAt,
    detail,
    detail_status: detailStatus,
  }
}

/** @returns the rows' keys by the keys of their ids. */
async function upsertMessages(
  transaction: Session,
  rows: readonly Omit<Selectable<MessagesTable>, 'row_id'>[],
): Promise<Map<string, number>> {
  const written = await insertRows<MessageColumn, WrittenRow>(transaction, MESSAGES, rows)
  return new Map(written.map(({ row_id, id_key }) => [id_key, row_id]))
}

type MessageColumn = Exclude<keyof MessagesTable, 'row_id'>
type WrittenRow = Pick<Selectable<MessagesTable>, 'row_id' | 'id_key'>

/** What a message is found again by, and what a new version therefore keeps. */
const KEY = ['source', 'id_key'] as const satisfies MessageColumn[]

const MESSAGE_COLUMNS: RowsTarget<MessageColumn>['columns'] = {
  source: 'text',
  id_key: 'text',
  sent_at: 'float8',
  changed_at: 'float8',
  past_versions: 'int8',
  deleted_at: 'float8',
  status: 'text',
  type: 'text',
  direction: 'text',
  interaction_id: 'text',
  sender: 'text',
  recipient: 'text',
  told_contact: 'text',
  contact: 'text',
  failure_code: 'text',
  whatsapp_hash: 'float8',
  search_text: 'text',
  body: 'text',
  detail: 'text',
  detail_status: 'text',
}

const MESSAGES: RowsTarget<MessageColumn> = {
  table: 'messages',
  columns: MESSAGE_COLUMNS,
  ending: `on conflict (${KEY.join(', ')}) do update set ${Object.keys(MESSAGE_COLUMNS)
    .filter((column) => !(KEY as readonly string[]).includes(column))
    .map((column) => `${column} = excluded.${column}`)
    .join(', ')} returning row_id, id_key`,
}

async function insertPastVersions(db: Kysely<Tables>, versions: readonly PastVersionsTable[]): Promise<void> {
  for (const chunk of chunksOf(versions)) await db.insertInto('past_versions').values(chunk).execute()
}

async function upsertOriginals(
  transaction: Session,
  drafts: readonly Draft[],
  rowIds: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = drafts.flatMap(({ before, message }) => {
    const rowId = before?.rowId ?? rowIds.get(toIdKey(message.upstreamId))
    return rowId === undefined ? [] : [{ row_id: rowId, raw: JSON.stringify(message.raw) ?? 'null' }]
  })
  await insertRows(transaction, ORIGINALS, rows)
}

const ORIGINALS: RowsTarget<keyof OriginalsTable> = {
  table: 'originals',
  columns: { row_id: 'int8', raw: 'text' },
  ending: 'on conflict (row_id) do update set raw = excluded.raw',
}

function idOf({ message }: Draft): string {
  return message.upstreamId
}

function isDeleted({ deletedAt }: Draft | StoredVersion): number {
  return deletedAt === null ? 0 : 1
}
