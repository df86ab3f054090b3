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
  /** Whether the trigram index can say which texts may hold this one. */
  canFind(text: string): boolean
  /** The keys of rows whose text may hold this one, by the trigram index; of all sources. */
  candidates(db: Kysely<Tables>, text: string): Expression<{ row_id: number }>
  /** Whether the searched text holds this one. */
  contains(column: Expression<string | null>, text: string): RawBuilder<SqlBool>
}
