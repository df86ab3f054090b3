import type { MessageProvider } from '@waybill/core'
import type { ArchiveDatabase, ArchiveEngine } from '../database/archive-database.js'
import { openDatabase } from './open-database.js'
import { reach } from '../database/unavailable.js'
import { type ArchiveRecord, readArchiveRecords } from '../source/archive-records.js'
import { type ArchiveStatus, readArchiveStatus } from '../source/archive-status.js'
import { type ArchivedSourceOptions, createArchivedSource } from '../source/archived-source.js'
import type { ArchiveStore } from '../store/archive-store.js'
import { createStore } from '../store/create-store.js'

/** Where an archive is kept. */
export interface ArchiveOptions {
  /** `sqlite:PATH`, `sqlite::memory:` or `postgres://user:password@host:port/database`. */
  readonly url: string
  /** What a relative path is relative to; default: the working directory. */
  readonly folder?: string | undefined
}

/** An open archive. Safe to share. */
export interface Archive {
  readonly engine: ArchiveEngine
  /** What a sync writes and reads. */
  readonly store: ArchiveStore
  /** A source as it is archived, for the engine to read in place of the upstream. */
  source(options: ArchivedSourceOptions): MessageProvider
  status(source: string): Promise<ArchiveStatus>
  /** What is known of messages beside themselves, by upstream id; without those that are not stored. */
  records(source: string, ids: readonly string[]): Promise<ReadonlyMap<string, ArchiveRecord>>
  /** @throws WaybillError ARCHIVE_UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>
  /** Ends all connections. What is under way is finished first. */
  close(): Promise<void>
}

/**
 * Opens an archive, makes it where there is none, and brings its tables up to date.
 *
 * @throws ConfigurationError for a URL that cannot be used, with `url` as its path and nothing of the URL in its text;
 *   WaybillError ARCHIVE_UNAVAILABLE when the database cannot be had.
 */
export async function openArchive({ url, folder }: ArchiveOptions): Promise<Archive> {
  const database = await openDatabase(url, folder)
  const store = createStore(database)
  const archive: Archive = {
    engine: database.engine,
    store,
    source: (options) => createArchivedSource(database, store, options),
    status: (source) => readArchiveStatus(store, source),
    records: (source, ids) => reach(() => readArchiveRecords(database, source, ids), { source }),
    ping: () =>
      reach(async () => void (await database.db.selectFrom('leases').select('token').limit(1).execute())),
    close: () => database.close(),
  }
  databases.set(archive, database)
  return archive
}

/** The database below an archive that {@link openArchive} opened. */
export function databaseOf(archive: Archive): ArchiveDatabase {
  const database = databases.get(archive)
  if (database === undefined) throw new TypeError('An archive comes from openArchive.')
  return database
}

const databases = new WeakMap<Archive, ArchiveDatabase>()
