import type { Kysely, Selectable } from 'kysely'
import { chunksOf } from '../database/archive-database.js'
import { fromIdKey, toIdKey } from '../database/encoding.js'
import type { Tables, WantedDetailsTable } from '../database/tables.js'
import type { WantedDetail } from './archive-store.js'
import type { Draft } from './drafts.js'

/**
 * Whether a message is to be requested by its id because of how it ended: it failed, and no list shows why, or it was
 * requested when it had failed, and has another status since. Once for each status.
 */
function wantsDetail({ message, deletedAt, detail, detailStatus }: Draft): boolean {
  if (deletedAt !== null) return false
  if (message.status !== 'FAILED') return detail !== null && detailStatus === 'FAILED'
  return message.failure === null && (detail === null || detailStatus !== 'FAILED')
}

/** Follows the messages that were written, in the transaction that wrote them. What waits already keeps its turn. */
export async function updateWantedDetails(
  db: Kysely<Tables>,
  source: string,
  written: readonly Draft[],
  now: number,
): Promise<void> {
  const [wanted, others] = [written.filter(wantsDetail), written.filter((draft) => !wantsDetail(draft))]
  await removeWantedDetails(
    db,
    source,
    others.flatMap(({ before, message }) => (before === null ? [] : [message.upstreamId])),
  )
  const rows = wanted.map(({ message }) => ({
    source,
    id_key: toIdKey(message.upstreamId),
    sent_at: message.sentAt,
    due_at: now,
    attempts: 0,
  }))
  for (const chunk of chunksOf(rows)) {
    await db
      .insertInto('wanted_details')
      .values(chunk)
      .onConflict((conflict) =>
        conflict
          .columns(['source', 'id_key'])
          .doUpdateSet(({ ref }) => ({ sent_at: ref('excluded.sent_at') })),
      )
      .execute()
  }
}

/** Puts messages off that wait. One that does not wait is passed over. */
export async function putOffWantedDetails(
  db: Kysely<Tables>,
  source: string,
  putOff: readonly WantedDetail[],
): Promise<void> {
  for (const { upstreamId, dueAt, attempts } of putOff) {
    await db
      .updateTable('wanted_details')
      .set({ due_at: dueAt, attempts })
      .where('source', '=', source)
      .where('id_key', '=', toIdKey(upstreamId))
      .execute()
  }
}

export async function removeWantedDetails(
  db: Kysely<Tables>,
  source: string,
  ids: readonly string[],
): Promise<void> {
  for (const keys of chunksOf(ids.map(toIdKey))) {
    await db.deleteFrom('wanted_details').where('source', '=', source).where('id_key', 'in', keys).execute()
  }
}

export async function readWantedDetails(
  db: Kysely<Tables>,
  source: string,
  now: number,
  limit: number,
): Promise<WantedDetail[]> {
  const rows = await db
    .selectFrom('wanted_details')
    .select(['id_key', 'due_at', 'attempts'])
    .where('source', '=', source)
    .where('due_at', '<=', now)
    .orderBy('sent_at', 'desc')
    .orderBy('id_key', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toWantedDetail)
}

export async function readNextWantedDetail(db: Kysely<Tables>, source: string): Promise<number | null> {
  const row = await db
    .selectFrom('wanted_details')
    .select('due_at')
    .where('source', '=', source)
    .orderBy('due_at')
    .limit(1)
    .executeTakeFirst()
  return row?.due_at ?? null
}

function toWantedDetail({
  id_key,
  due_at,
  attempts,
}: Pick<Selectable<WantedDetailsTable>, 'id_key' | 'due_at' | 'attempts'>): WantedDetail {
  return { upstreamId: fromIdKey(id_key), dueAt: due_at, attempts }
}
