import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { Dialect } from '../archive-database.js'
import type { MessagesTable, Tables } from '../tables.js'

/** All tables; what they hold is said in `tables.ts`. */
export async function createArchive(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  await createMessages(db, dialect)
  await createIndexes(db)
  await createCounts(db, dialect)
  await dialect.createSearchIndex(db)
  await createSyncTables(db, dialect)
}

async function createMessages({ schema }: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const { byteText, generatedKey } = dialect
  await schema
    .createTable('messages')
    .addColumn('row_id', generatedKey, (column) => column.primaryKey())
    .addColumn('source', byteText, (column) => column.notNull())
    .addColumn('id_key', byteText, (column) => column.notNull())
    .addColumn('sent_at', TIME, (column) => column.notNull())
    .addColumn('changed_at', TIME, (column) => column.notNull())
    .addColumn('past_versions', 'integer', (column) => column.notNull())
    .addColumn('deleted_at', TIME)
    .addColumn('status', byteText)
    .addColumn('type', byteText)
    .addColumn('direction', byteText)
    .addColumn('interaction_id', byteText)
    .addColumn('sender', byteText)
    .addColumn('recipient', byteText)
    .addColumn('told_contact', byteText)
    .addColumn('contact', byteText)
    .addColumn('failure_code', byteText)
    .addColumn('whatsapp_hash', 'double precision')
    .addColumn('search_text', 'text')
    .addColumn('body', 'text', (column) => column.notNull())
    .addColumn('detail', 'text')
    .addColumn('detail_status', byteText)
    .execute()
  await schema
    .createTable('originals')
    .addColumn('row_id', 'bigint', (column) => column.primaryKey())
    .addColumn('raw', 'text', (column) => column.notNull())
    .execute()
  await schema
    .createTable('past_versions')
    .addColumn('row_id', 'bigint', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('observed_at', TIME, (column) => column.notNull())
    .addColumn('status', byteText)
    .addColumn('replaced', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('past_versions_key', ['row_id', 'version'])
    .execute()
}

/** Each ends in what a list is ordered by, so that a page is read in its order from where the one before ended. */
async function createIndexes({ schema }: Kysely<Tables>): Promise<void> {
  await schema.createIndex('messages_by_id').unique().on('messages').columns(['source', 'id_key']).execute()
  await schema
    .createIndex('messages_by_change')
    .on('messages')
    .columns(['source', 'changed_at', 'id_key'])
    .execute()
  await schema
    .createIndex('messages_by_told_contact')
    .on('messages')
    .columns(['source', 'interaction_id', 'told_contact'])
    .where('told_contact', 'is not', null)
    .where('interaction_id', 'is not', null)
    .execute()
  await schema
    .createIndex('messages_by_whatsapp_id')
    .on('messages')
    .column('whatsapp_hash')
    .where('whatsapp_hash', 'is not', null)
    .execute()
  const filtered: readonly (readonly (keyof MessagesTable)[])[] = [
    [],
    ['status'],
    ['type'],
    ['interaction_id'],
    ['sender'],
    ['recipient'],
    ['contact'],
  ]
  for (const columns of filtered) {
    await schema
      .createIndex(['messages', 'by', ...columns, 'time'].join('_'))
      .on('messages')
      .columns(['source', ...columns, 'sent_at', 'id_key'])
      .execute()
  }
}

async function createCounts({ schema }: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const { byteText, generatedKey } = dialect
  await schema
    .createTable('count_groups')
    .addColumn('group_id', generatedKey, (column) => column.primaryKey())
    .addColumn('source', byteText, (column) => column.notNull())
    .addColumn('group_key', byteText, (column) => column.notNull())
    .addColumn('status', byteText)
    .addColumn('type', byteText)
    .addColumn('direction', byteText)
    .addColumn('failure_code', byteText)
    .addColumn('message_count', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('count_groups_key', ['source', 'group_key'])
    .execute()
  await schema
    .createTable('hourly_counts')
    .addColumn('group_id', 'bigint', (column) => column.notNull())
    .addColumn('hour', 'bigint', (column) => column.notNull())
    .addColumn('quarter_1', 'bigint', (column) => column.notNull())
    .addColumn('quarter_2', 'bigint', (column) => column.notNull())
    .addColumn('quarter_3', 'bigint', (column) => column.notNull())
    .addColumn('quarter_4', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('hourly_counts_key', ['group_id', 'hour'])
    .modifyEnd(dialect.orderedByKey)
    .execute()
}

async function createSyncTables({ schema }: Kysely<Tables>, { byteText }: Dialect): Promise<void> {
  const bySource = (table: keyof Tables): CreateTableBuilder<string, 'source'> =>
    schema.createTable(table).addColumn('source', byteText, (column) => column.notNull())

  await bySource('sources')
    .addColumn('message_count', 'bigint', (column) => column.notNull())
    .addColumn('deleted_count', 'bigint', (column) => column.notNull())
    .addColumn('last_synced_at', TIME)
    .addColumn('poll_interval_ms', TIME)
    .addColumn('last_error', 'text')
    .addColumn('head_warnings', 'text')
    .addColumn('reconcile_warnings', 'text')
    .addPrimaryKeyConstraint('sources_key', ['source'])
    .execute()
  await bySource('leases')
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('token', 'bigint', (column) => column.notNull())
    .addColumn('expires_at', TIME, (column) => column.notNull())
    .addPrimaryKeyConstraint('leases_key', ['source'])
    .execute()
  await bySource('coverage')
    .addColumn('from_at', TIME, (column) => column.notNull())
    .addColumn('to_at', TIME, (column) => column.notNull())
    .addPrimaryKeyConstraint('coverage_key', ['source', 'from_at'])
    .execute()
  await bySource('gaps')
    .addColumn('from_at', TIME, (column) => column.notNull())
    .addColumn('to_at', TIME, (column) => column.notNull())
    .addColumn('observed_at', TIME, (column) => column.notNull())
    .addPrimaryKeyConstraint('gaps_key', ['source', 'from_at', 'to_at'])
    .execute()
  await bySource('proven')
    .addColumn('from_at', TIME, (column) => column.notNull())
    .addColumn('to_at', TIME, (column) => column.notNull())
    .addColumn('proven_at', TIME, (column) => column.notNull())
    .addPrimaryKeyConstraint('proven_key', ['source', 'from_at'])
    .execute()
  await bySource('rejected')
    .addColumn('row_key', byteText, (column) => column.notNull())
    .addColumn('id_key', byteText)
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('raw', 'text', (column) => column.notNull())
    .addColumn('first_seen', TIME, (column) => column.notNull())
    .addColumn('last_seen', TIME, (column) => column.notNull())
    .addPrimaryKeyConstraint('rejected_key', ['source', 'row_key'])
    .execute()
  await bySource('events')
    .addColumn('sequence', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('at', TIME, (column) => column.notNull())
    .addColumn('id_key', byteText)
    .addColumn('from_at', TIME)
    .addColumn('to_at', TIME)
    .addPrimaryKeyConstraint('events_key', ['source', 'sequence'])
    .execute()
  await bySource('checkpoints')
    .addColumn('name', byteText, (column) => column.notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('checkpoints_key', ['source', 'name'])
    .execute()
  await bySource('rechecks')
    .addColumn('id_key', byteText, (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('due_at', TIME, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('rechecks_key', ['source', 'id_key'])
    .execute()
  await schema
    .createIndex('rechecks_by_time')
    .on('rechecks')
    .columns(['source', 'due_at', 'id_key'])
    .execute()
  await bySource('non_final')
    .addColumn('id_key', byteText, (column) => column.notNull())
    .addColumn('sent_at', TIME, (column) => column.notNull())
    .addPrimaryKeyConstraint('non_final_key', ['source', 'id_key'])
    .execute()
  await schema
    .createIndex('non_final_by_time')
    .on('non_final')
    .columns(['source', 'sent_at', 'id_key'])
    .execute()
  await bySource('wanted_details')
    .addColumn('id_key', byteText, (column) => column.notNull())
    .addColumn('sent_at', TIME, (column) => column.notNull())
    .addColumn('due_at', TIME, (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('wanted_details_key', ['source', 'id_key'])
    .execute()
  await schema
    .createIndex('wanted_details_by_time')
    .on('wanted_details')
    .columns(['source', 'sent_at', 'id_key'])
    .execute()
  await schema
    .createIndex('wanted_details_by_due_time')
    .on('wanted_details')
    .columns(['source', 'due_at'])
    .execute()
}

const TIME = sql`double precision`
