import { type Kysely, sql, type SqlBool } from 'kysely'
import type { Dialect } from '../archive-database.js'
import type { Tables } from '../tables.js'

export const postgresDialect: Dialect = {
  schema: 'waybill',
  now: sql<number>`(extract(epoch from clock_timestamp()) * 1000)::float8`,
  generatedKey: sql`bigint generated always as identity`,
  byteText: sql`text collate "C"`,
  orderedByKey: sql``,

  async lockMigrations(db: Kysely<Tables>): Promise<void> {
    // Neither waiting for others nor an index over all messages has an end that could be told before.
    await sql`set local statement_timeout = 0`.execute(db)
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(db)
  },

  async createSearchIndex(db: Kysely<Tables>): Promise<void> {
    await sql`create extension if not exists pg_trgm`.execute(db)
    await db.schema
      .createIndex('messages_search')
      .on('messages')
      .using('gin')
      .expression(sql`search_text gin_trgm_ops`)
      .execute()
  },

  // It counts what is stored, and weighs all indexes by that.
  unindexed: (column) => column,

  unlikely: (condition) => condition,

  later: (one, other) => sql<number>`greatest(${one}, ${other})`,

  isAmong: (column, values) => sql<SqlBool>`${column} = any(${values})`,

  isAmongKeys: (column, keys) => sql<SqlBool>`${column} = any(${keys}::bigint[])`,

  /** A parameter for each column: to parse one for each value takes the server longer than to write them. */
  valuesOf: (types, rows) => ({
    text: `select * from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})`,
    parameters: types.map((_, index) => rows.map((row) => row[index])),
  }),

  tableOf: (values) => sql`(select value from unnest(${values}::text[]) as given (value))`,

  /** `pg_trgm` makes trigrams of letters and digits only. */
  canFind: (text) => /[\p{L}\p{N}]{3}/u.test(text),

  mayContain: (text) => sql<SqlBool>`search_text like ${`%${escapeLike(text)}%`}`,

  contains: (text) => sql<SqlBool>`strpos(search_text, ${text}) > 0`,
}

/** Any number, as long as it is this one everywhere. */
const MIGRATION_LOCK = 7_239_281_104

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`)
}
