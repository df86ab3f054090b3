import type { Expression, Kysely, RawBuilder, SqlBool } from 'kysely'
import type { Tables } from './tables.js'

/** Where the two databases differ. Everything else is one code for both. */
export interface Dialect {
  /** The schema that the tables stand in; null where a database has none. */
  readonly schema: string | null
  /** The database's own clock, in milliseconds since the epoch. */
  readonly now: RawBuilder<number>
  /** The type of a key that the database gives out. */
  readonly generatedKey: RawBuilder<unknown>
  /** Text that is compared byte by byte. */
  readonly byteText: RawBuilder<unknown>
  /** Makes everyone else who would migrate wait until the transaction has ended. */
  lockMigrations(transaction: Kysely<Tables>): Promise<void>
  /** Makes the trigram index on the searched text. */
  createSearchIndex(transaction: Kysely<Tables>): Promise<void>
  /** A column in a condition for which no index is to be used, where a database can be told so. */
  unindexed(column: Expression<unknown>): Expression<unknown>
  /** A condition that few rows satisfy, where a database can be told so. */
  unlikely(condition: Expression<SqlBool>): Expression<SqlBool>
  /** Whether a column's text is one of several. */
  isAmong(column: Expression<unknown>, values: readonly string[]): Expression<SqlBool>
  /** Whether the trigram index can say which texts may hold this one. */
  canFind(text: string): boolean
  /** Whether the trigram index says that a message's text may hold this one. */
  mayContain(text: string): Expression<SqlBool>
  /** Whether a message's text holds this one. */
  contains(text: string): Expression<SqlBool>
}
