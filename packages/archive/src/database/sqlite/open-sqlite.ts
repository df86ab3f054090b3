import { closeSync, openSync } from 'node:fs'
import Database from 'better-sqlite3'
import { CompiledQuery, Kysely } from 'kysely'
import type { ArchiveDatabase } from '../archive-database.js'
import { traceQuery } from '../query-span.js'
import type { Tables } from '../tables.js'
import { sqliteDialect } from './sqlite-dialect.js'
import { SqliteKyselyDialect } from './sqlite-kysely-dialect.js'
import { whileBusy } from './while-busy.js'

const SETTINGS = [
  'journal_mode = WAL',
  // Nothing is lost when a process ends however it ends; see docs/decisions/0023.
  'synchronous = NORMAL',
  'temp_store = MEMORY',
]

const CACHE_MIB = 64

/** Opens a database file, and makes one that is not there. @param cacheMiB how much of it is kept in memory */
export async function openSqlite(path: string, cacheMiB: number = CACHE_MIB): Promise<ArchiveDatabase> {
  const database = openFile(path)
  try {
    const settings = [...SETTINGS, `cache_size = ${-1024 * cacheMiB}`]
    for (const setting of settings) await whileBusy(async () => database.pragma(setting))
  } catch (error) {
    database.close()
    throw error
  }
  const db = new Kysely<Tables>({
    dialect: new SqliteKyselyDialect(database),
    log: (event) => traceQuery('sqlite', event),
  })
  return {
    engine: 'sqlite',
    db,
    withoutDeadline: db,
    // By way of the driver, which lets nobody read in the middle of a transaction.
    run: async ({ text }, parameters) =>
      (await db.executeQuery(CompiledQuery.raw(text, [...parameters]))).rows,
    dialect: sqliteDialect,
    serverUrl: null,
    close: () => db.destroy(),
  }
}

function openFile(path: string): Database.Database {
  createPrivate(path)
  try {
    return new Database(path, { timeout: 0 })
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    // What the driver throws, as for a mistake in the code, when a folder is not there.
    throw Object.assign(new Error('The folder does not exist', { cause: error }), { code: 'ENOENT' })
  }
}

/** Messages are nobody else's business. SQLite gives the files beside it the same mode. One that is there keeps its own. */
function createPrivate(path: string): void {
  if (path === ':memory:') return
  try {
    closeSync(openSync(path, 'a', 0o600))
  } catch {
    // The driver reports it.
  }
}
