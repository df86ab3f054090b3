import { CompiledQuery } from 'kysely'
import { chunksOf, type Session } from './archive-database.js'
import type { Tables } from './tables.js'

/** As PostgreSQL calls the type of a column. */
type ColumnType = 'text' | 'float8' | 'int8'

/** Where many rows go. */
export interface RowsTarget<Column extends string> {
  readonly table: keyof Tables
  readonly columns: Readonly<Record<Column, ColumnType>>
  /** What follows the rows: what is done where a row is there already, and what is returned. */
  readonly ending?: string
}

/**
 * Inserts rows, several hundred by one statement. Kysely would visit every value of them, and PostgreSQL would have to parse a
 * parameter for each.
 * @returns what the statements return
 */
export async function insertRows<Column extends string, Returned = unknown>(
  { db, dialect }: Session,
  { table, columns, ending = '' }: RowsTarget<Column>,
  rows: readonly Readonly<Record<Column, string | number | null>>[],
): Promise<Returned[]> {
  const names = Object.keys(columns) as Column[]
  const types = names.map((name) => columns[name])
  const place = dialect.schema === null ? table : `${dialect.schema}.${table}`
  const returned: Returned[] = []
  for (const chunk of chunksOf(rows)) {
    const { text, parameters } = dialect.valuesOf(
      types,
      chunk.map((row) => names.map((name) => row[name])),
    )
    const statement = `insert into ${place} (${names.join(', ')}) ${text} ${ending}`
    const { rows: found } = await db.executeQuery<Returned>(CompiledQuery.raw(statement, parameters))
    returned.push(...found)
  }
  return returned
}
