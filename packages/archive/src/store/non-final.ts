import type { MessageStatus } from '@waybill/core'
import { type Kysely, sql } from 'kysely'
import { fromIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import type { NonFinalRequest } from './archive-store.js'
import { chunksOf, type Session } from '../database/archive-database.js'

/** Statuses that nothing follows. */
export const FINAL_STATUSES: readonly MessageStatus[] = ['READ', 'FAILED', 'DELETED']

/** What was sent longer ago does not change any more: nobody reads a message after that. */
export const LONGEST_CHANGING_MS: number = 7 * 24 * 60 * 60_000

/**
 * Looks again whether messages are unsettled, in the transaction that wrote them or what is planned for them: so the
 * table holds just those that are, and what is unsettled is found however many messages there are.
 */
export async function updateNonFinal(
  { db, dialect }: Session,
  source: string,
  keys: readonly string[],
  observedAt: number,
): Promise<void> {
  const sentAfter = observedAt - LONGEST_CHANGING_MS
  for (const chunk of chunksOf([...new Set(keys)])) {
    await db
      .deleteFrom('non_final')
      .where('source', '=', source)
      .where((eb) => dialect.isAmong(eb.ref('id_key'), chunk))
      .execute()
    await db
      .insertInto('non_final')
      .columns(['source', 'id_key', 'sent_at'])
      .expression((eb) =>
        eb
          .selectFrom('messages')
          .select(['messages.source', 'messages.id_key', 'messages.sent_at'])
          .where('messages.source', '=', source)
          .where((each) => dialect.isAmong(each.ref('messages.id_key'), chunk))
          // Not by an index: PostgreSQL would read all that is younger in place of the few.
          .where(sql<number>`messages.sent_at + 0`, '>', sentAfter)
          .where('messages.deleted_at', 'is', null)
          .where(({ or, eb: each }) =>
            or([each('messages.status', 'is', null), each('messages.status', 'not in', FINAL_STATUSES)]),
          )
          .where(({ not, exists, selectFrom }) =>
            not(
              exists(
                selectFrom('rechecks')
                  .select('rechecks.source')
                  .whereRef('rechecks.source', '=', 'messages.source')
                  .whereRef('rechecks.id_key', '=', 'messages.id_key'),
              ),
            ),
          ),
      )
      .execute()
  }
  await db.deleteFrom('non_final').where('source', '=', source).where('sent_at', '<=', sentAfter).execute()
}

export async function readNonFinal(
  db: Kysely<Tables>,
  source: string,
  { sentAfter, sentBefore, limit }: NonFinalRequest,
): Promise<string[]> {
  const rows = await db
    .selectFrom('non_final')
    .select('id_key')
    .where('source', '=', source)
    .where('sent_at', '>', sentAfter)
    .where('sent_at', '<', sentBefore)
    .orderBy('sent_at', 'desc')
    .orderBy('id_key', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id_key }) => fromIdKey(id_key))
}
