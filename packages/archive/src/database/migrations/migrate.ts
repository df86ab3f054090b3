import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import type { ArchiveDatabase } from '../archive-database.js'
import type { Tables } from '../tables.js'
import { createArchive } from './0001-create-archive.js'

/**
 * Brings the tables up to date, in one transaction and one process at a time: whoever comes second finds it done, and
 * an interruption leaves everything as it was.
 */
export async function migrate({ withoutDeadline, dialect }: ArchiveDatabase): Promise<void> {
  await withoutDeadline.transaction().execute(async (transaction) => {
    await dialect.lockMigrations(transaction)
    if (dialect.schema !== null) await createSchema(transaction, dialect.schema)
    const migrator = new Migrator({
      db: transaction,
      provider: {
        getMigrations: async () => ({
          '0001-create-archive': { up: (on: Kysely<Tables>) => createArchive(on, dialect) },
        }),
      },
      ...(dialect.schema === null ? {} : { migrationTableSchema: dialect.schema }),
    })
    const { error } = await migrator.migrateToLatest()
    if (error !== undefined) throw new Error('The tables could not be brought up to date', { cause: error })
  })
}

async function createSchema(db: Kysely<Tables>, schema: string): Promise<void> {
  await sql`create schema if not exists ${sql.id(schema)}`.execute(db)
  // The migrator tries, and looks again in the transaction that has failed by then, which hides why.
  const { rows } = await sql<{ may: boolean }>`
    select has_schema_privilege(${schema}, 'usage') and (
      has_schema_privilege(${schema}, 'create') or exists (
        select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname = ${schema} and relname = 'kysely_migration'
      )
    ) as may`.execute(db)
  if (rows[0]?.may === true) return
  throw Object.assign(new Error(`permission denied for schema ${schema}`), { code: '42501' })
}
