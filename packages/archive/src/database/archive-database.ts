import type { Kysely, Expression, RawBuilder, SqlBool } from 'kysely'
import { abortable } from './abortable.js'
import type { Tables } from './tables.js'

export type ArchiveEngine = 'sqlite' | 'postgres'

/** An open database whose tables are there. */
export interface ArchiveDatabase {
  readonly engine: ArchiveEngine
  /** Where a server ends queries that take too long. */
  readonly db: Kysely<Tables>
  /** The same without a deadline, for what takes as long as it takes. */
  readonly withoutDeadline: Kysely<Tables>
  readonly dialect: Dialect
  /** Runs a statement that is prepared once a connection. Prefer {@link readAll}. */
  readonly run: (statement: Statement, parameters: readonly unknown[]) => Promise<readonly unknown[]>
  /** Where other connections to the database are made; null where there is no server. Holds the password. */
  readonly serverUrl: string | null
  close(): Promise<void>
}

/** What queries are made through: a database, or an open transaction of it. */
export type Session = Pick<ArchiveDatabase, 'db' | 'dialect'>

/** Rows of values in the words of the database. */
export interface RowValues {
  readonly text: string
  readonly parameters: unknown[]
}

/** A statement that is run again and again, in the words of the database. */
export interface Statement {
  /** Equal for equal texts only. */
  readonly name: string
  readonly text: string
}

/**
 * Runs a statement that reads, for somebody who may go away.
 * @throws the signal's reason as soon as it is aborted
 */
export async function readAll<Row>(
  database: ArchiveDatabase,
  statement: Statement,
  parameters: readonly unknown[],
  signal: AbortSignal | undefined,
): Promise<readonly Row[]> {
  const rows = await abortable(signal, () => database.run(statement, parameters))
  return rows as readonly Row[]
}

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
  /** Makes a table keep its rows in the order of its key, where a database can. */
  readonly orderedByKey: RawBuilder<unknown>
  /** Makes everyone else who would migrate wait until the transaction has ended. */
  lockMigrations(transaction: Kysely<Tables>): Promise<void>
  /** Makes the trigram index on the searched text. */
  createSearchIndex(transaction: Kysely<Tables>): Promise<void>
  /** A column in a condition for which no index is to be used, where a database can be told so. */
  unindexed(column: Expression<unknown>): Expression<unknown>
  /** A condition that few rows satisfy, where a database can be told so. */
  unlikely(condition: Expression<SqlBool>): Expression<SqlBool>
  /** The later of two times. */
  later(one: Expression<number>, other: Expression<number>): Expression<number>
  /** Whether a column's text is one of several. */
  isAmong(column: Expression<unknown>, values: readonly string[]): Expression<SqlBool>
  /** Whether a row's key is one of several. */
  isAmongKeys(column: Expression<unknown>, keys: readonly number[]): Expression<SqlBool>
  /** Rows to insert. @param types of their columns, in PostgreSQL's words */
  valuesOf(types: readonly string[], rows: readonly (readonly unknown[])[]): RowValues
  /** Texts as a table with one column, `value`. */
  tableOf(values: readonly string[]): RawBuilder<{ readonly value: string }>
  /** Whether the trigram index can say which texts may hold this one. */
  canFind(text: string): boolean
  /** Whether the trigram index says that a message's text may hold this one. */
  mayContain(text: string): Expression<SqlBool>
  /** Whether a message's text holds this one. */
  contains(text: string): Expression<SqlBool>
}

/** As many rows as one statement may hold the values of, in every database. */
const CHUNK_SIZE = 500

/** Splits a list into parts of {@link CHUNK_SIZE}. */
export function chunksOf<T>(items: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(items.length / CHUNK_SIZE) }, (_, index) =>
    items.slice(index * CHUNK_SIZE, (index + 1) * CHUNK_SIZE),
  )
}
