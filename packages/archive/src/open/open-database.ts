import type { ArchiveDatabase } from '../database/archive-database.js'
import { type DatabaseLocation, parseArchiveUrl } from './archive-url.js'
import { migrate } from '../database/migrations/migrate.js'
import { openPostgres } from '../database/postgres/open-postgres.js'
import { openSqlite } from '../database/sqlite/open-sqlite.js'
import { callDatabase } from '../database/unavailable.js'

/**
 * Opens a database and brings its tables up to date.
 * @throws ConfigurationError for a URL that cannot be used; WaybillError ARCHIVE_UNAVAILABLE when the database cannot.
 */
export async function openDatabase(
  url: string,
  folder?: string,
  cacheMiB?: number,
): Promise<ArchiveDatabase> {
  const location = parseArchiveUrl(url, folder)
  return callDatabase(async () => {
    const database = await open(location, cacheMiB)
    try {
      await migrate(database)
    } catch (error) {
      await database.close()
      throw error
    }
    return database
  })
}

function open(location: DatabaseLocation, cacheMiB?: number): Promise<ArchiveDatabase> {
  return location.engine === 'sqlite' ? openSqlite(location.path, cacheMiB) : openPostgres(location.url)
}
