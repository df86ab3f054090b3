import { isDeepStrictEqual } from 'node:util'
import type { Message } from '@waybill/core'
import type { Insertable, Kysely, Selectable } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { toIdKey } from '../database/encoding.js'
import type { MessagesTable, PastVersionsTable, Tables } from '../database/tables.js'
import type { CommitResult } from './archive-store.js'
import { chunksOf } from '../database/archive-database.js'
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
  { db, dialect }: Pick<ArchiveDatabase, 'db' | 'dialect'>,
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
  const transaction = { db, dialect }
  const agreed = await readAgreedContacts(transaction, source, written.flatMap(conversationsOf))
  const rowIds = await upsertMessages(
    db,
    Array.from(rows.values(), (row) => ({
      ...row,
      contact:
        row.told_contact ?? (row.interaction_id === null ? null : agreed.get(row.interaction_id)) ?? null,
    })),
  )
  await updateAgreedContacts(transaction, source, written, agreed)
  await updateHourlyCounts(db, source, [
    ...changed.map(({ before }) => ({ message: before.message, by: -1 })),
    ...[...changed.map(({ draft }) => draft), ...added].map(({ message }) => ({ message, by: 1 })),
  ])
  await insertPastVersions(
    db,
    changed.map(({ before, replaced }) => pastVersion(before, replaced)),
  )
  const originals = drafts.filter(
    ({ before, message }) => !isDeepStrictEqual(before === null ? null : before.message.raw, message.raw),
  )
  await upsertOriginals(db, originals, rowIds)
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
  db: Kysely<Tables>,
  rows: readonly Insertable<MessagesTable>[],
): Promise<Map<string, number>> {
  const rowIds = new Map<string, number>()
  for (const chunk of chunksOf(rows)) {
    const written = await db
      .insertInto('messages')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'id_key'])
          .doUpdateSet(({ ref }) =>
            Object.fromEntries(UPDATED_COLUMNS.map((column) => [column, ref(`excluded.${column}`)])),
          ),
      )
      .returning(['row_id', 'id_key'])
      .execute()
    for (const row of written) rowIds.set(row.id_key, row.row_id)
  }
  return rowIds
}

/** What a new version replaces: all columns but the key. */
const UPDATED: Readonly<Record<Exclude<keyof MessagesTable, 'row_id' | 'source' | 'id_key'>, true>> = {
  sent_at: true,
  changed_at: true,
  past_versions: true,
  deleted_at: true,
  status: true,
  type: true,
  direction: true,
  interaction_id: true,
  sender: true,
  recipient: true,
  told_contact: true,
  contact: true,
  failure_code: true,
  whatsapp_hash: true,
  search_text: true,
  body: true,
  detail: true,
  detail_status: true,
}
const UPDATED_COLUMNS = Object.keys(UPDATED) as (keyof typeof UPDATED)[]

async function insertPastVersions(db: Kysely<Tables>, versions: readonly PastVersionsTable[]): Promise<void> {
  for (const chunk of chunksOf(versions)) await db.insertInto('past_versions').values(chunk).execute()
}

async function upsertOriginals(
  db: Kysely<Tables>,
  drafts: readonly Draft[],
  rowIds: ReadonlyMap<string, number>,
): Promise<void> {
  const rows = drafts.flatMap(({ before, message }) => {
    const rowId = before?.rowId ?? rowIds.get(toIdKey(message.upstreamId))
    return rowId === undefined ? [] : [{ row_id: rowId, raw: JSON.stringify(message.raw) ?? 'null' }]
  })
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('originals')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('row_id').doUpdateSet(({ ref }) => ({ raw: ref('excluded.raw') })),
      )
      .execute()
  }
}

function idOf({ message }: Draft): string {
  return message.upstreamId
}

function isDeleted({ deletedAt }: Draft | StoredVersion): number {
  return deletedAt === null ? 0 : 1
}
