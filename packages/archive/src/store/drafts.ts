import type { Message, MessageDetail, MessageStatus } from '@waybill/core'
import { toIdKey } from '../database/encoding.js'
import type { Batch } from './archive-store.js'
import { chunksOf, type Session } from '../database/archive-database.js'
import { fillIn, replaceWhole } from './merge-message.js'
import { toMessage } from './message-row.js'

/** A message as it is stored. */
export interface StoredVersion {
  readonly rowId: number
  readonly message: Message
  readonly changedAt: number
  readonly pastVersions: number
  readonly deletedAt: number | null
  readonly detail: string | null
  readonly detailStatus: MessageStatus | null
}

/** What a batch makes of one message. */
export interface Draft {
  /** Null for a message that was not stored. */
  readonly before: StoredVersion | null
  message: Message
  deletedAt: number | null
  /** As JSON. */
  detail: string | null
  /** The status of the message when its detail was requested. */
  detailStatus: MessageStatus | null
}

/** Applies what a batch tells of single messages to what is stored of them. */
export async function draftMessages(transaction: Session, batch: Batch): Promise<Draft[]> {
  const { messages, updates = [], deleted = [], details = new Map<string, MessageDetail>() } = batch
  const told = [...messages, ...updates].map(({ upstreamId }) => upstreamId)
  const ids = new Set([...told, ...deleted, ...details.keys()])
  const drafts = new Map<string, Draft>()
  for (const before of await loadVersions(transaction, batch.lease.source, [...ids])) {
    const { message, deletedAt, detail, detailStatus } = before
    drafts.set(message.upstreamId, { before, message, deletedAt, detail, detailStatus })
  }
  for (const message of messages) {
    const draft = drafts.get(message.upstreamId)
    if (draft === undefined) {
      drafts.set(message.upstreamId, {
        before: null,
        message,
        deletedAt: null,
        detail: null,
        detailStatus: null,
      })
      continue
    }
    draft.message = replaceWhole(draft.message, message)
    draft.deletedAt = null
  }
  for (const message of updates) {
    const draft = drafts.get(message.upstreamId)
    if (draft !== undefined) draft.message = fillIn(draft.message, message)
  }
  for (const [id, detail] of details) {
    const draft = drafts.get(id)
    if (draft === undefined) continue
    draft.detail = JSON.stringify(detail)
    draft.detailStatus = draft.message.status
  }
  for (const id of deleted) {
    const draft = drafts.get(id)
    if (draft !== undefined) draft.deletedAt ??= batch.observedAt
  }
  return [...drafts.values()]
}

/** Those of the ids that are stored. */
export async function loadVersions(
  { db, dialect }: Session,
  source: string,
  ids: readonly string[],
): Promise<StoredVersion[]> {
  const versions: StoredVersion[] = []
  for (const keys of chunksOf(ids.map(toIdKey))) {
    const rows = await db
      .selectFrom('messages')
      .leftJoin('originals', 'originals.row_id', 'messages.row_id')
      .select([
        'messages.row_id',
        'changed_at',
        'past_versions',
        'deleted_at',
        'body',
        'contact',
        'detail',
        'detail_status',
        'raw',
      ])
      .where('source', '=', source)
      .where((eb) => dialect.isAmong(eb.ref('id_key'), keys))
      .execute()
    for (const row of rows) {
      versions.push({
        rowId: row.row_id,
        message: toMessage(row),
        changedAt: row.changed_at,
        pastVersions: row.past_versions,
        deletedAt: row.deleted_at,
        detail: row.detail,
        detailStatus: row.detail_status as MessageStatus | null,
      })
    }
  }
  return versions
}
