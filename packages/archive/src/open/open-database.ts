import type { ArchiveDatabase } from '../database/archive-database.js'
import { type DatabaseLocation, parseArchiveUrl } from './archive-url.js'
import { migrate } from '../database/migrations/migrate.js'
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

/** Each comes with a driver that an archive in the other one does not need. */
async function open(location: DatabaseLocation, cacheMiB?: number): Promise<ArchiveDatabase> {
  if (location.engine === 'sqlite') {
    const { openSqlite } = await import('../database/sqlite/open-sqlite.js')
    return openSqlite(location.path, cacheMiB)
  }
  const { openPostgres } = await import('../database/postgres/open-postgres.js')
  return openPostgres(location.url)
}
