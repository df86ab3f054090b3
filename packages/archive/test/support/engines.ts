import Database from 'better-sqlite3'
import {
  createEmptyPostgresPlace,
  createPostgresPlace,
  createSqlitePlace,
  runSql,
} from '../../../../test/support/database-places.js'

export { type Place, runSql } from '../../../../test/support/database-places.js'

/** Both databases: what holds for one has to hold for the other. */
export const ENGINES = [
  {
    engine: 'sqlite',
    createPlace: createSqlitePlace,
    createEmptyPlace: createSqlitePlace,
    runSql: runSqliteSql,
  },
  {
    engine: 'postgres',
    createPlace: createPostgresPlace,
    createEmptyPlace: createEmptyPostgresPlace,
    runSql,
  },
] as const

async function runSqliteSql(url: string, statement: string): Promise<void> {
  const database = new Database(url.slice('sqlite:'.length))
  database.exec(statement)
  database.close()
}
