import { type Kysely, sql } from 'kysely'
import type { Dialect } from '../dialect.js'
import type { Tables } from '../tables.js'

const FINAL_STATUSES = ['READ', 'FAILED', 'DELETED']
const LONGEST_CHANGING_MS = 7 * 24 * 60 * 60_000

/**
 * What is unsettled in a table of its own, also of what is stored already. It says by itself what that means: a later
 * version may mean something else, and a migration does for ever what it did.
 */
export async function noteUnsettled(db: Kysely<Tables>, { byteText }: Dialect): Promise<void> {
  const { schema } = db
  // Builds from between two versions made it with the other tables.
  await schema
    .createTable('unsettled')
    .ifNotExists()
    .addColumn('source', byteText, (column) => column.notNull())
    .addColumn('id_key', byteText, (column) => column.notNull())
    .addColumn('sent_at', sql`double precision`, (column) => column.notNull())
    .addPrimaryKeyConstraint('unsettled_key', ['source', 'id_key'])
    .execute()
  await schema
    .createIndex('unsettled_by_time')
    .ifNotExists()
    .on('unsettled')
    .columns(['source', 'sent_at', 'id_key'])
    .execute()
  await db
    .insertInto('unsettled')
    .columns(['source', 'id_key', 'sent_at'])
    .expression((eb) =>
      eb
        .selectFrom('messages')
        .select(['messages.source', 'messages.id_key', 'messages.sent_at'])
        .where('messages.sent_at', '>', Date.now() - LONGEST_CHANGING_MS)
        .where('messages.deleted_at', 'is', null)
        .where(({ or, eb: each }) =>
          or([each('messages.status', 'is', null), each('messages.status', 'not in', FINAL_STATUSES)]),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('settlements')
                .select('settlements.source')
                .whereRef('settlements.source', '=', 'messages.source')
                .whereRef('settlements.id_key', '=', 'messages.id_key'),
            ),
          ),
        ),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
