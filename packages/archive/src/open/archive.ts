import type { ArchiveRecord, MessageProvider } from '@waybill/core'
import type { ArchiveDatabase, ArchiveEngine } from '../database/archive-database.js'
import { openDatabase } from './open-database.js'
import { callDatabase } from '../database/unavailable.js'
import { EventWatch } from '../events/event-watch.js'
import { type ArchiveEvent, followEvents, type FollowOptions } from '../events/follow.js'
import { readArchiveRecords } from '../source/archive-records.js'
import { type ArchiveStatus, readArchiveStatus } from '../source/archive-status.js'
import { type ArchivedSourceOptions, createArchivedSource } from '../source/archived-source.js'
import { findByWhatsappId, type MessageKey } from '../source/whatsapp-ids.js'
import type { ArchiveStore } from '../store/archive-store.js'
import type { RejectedRecord } from '../store/rejected.js'
import { createStore } from '../store/create-store.js'

/** Where an archive is kept. */
export interface ArchiveOptions {
  /**
   * `sqlite:FILE` (relative to `folder`), `sqlite:///FILE` (absolute), `sqlite:~/FILE`, `sqlite::memory:`, or
   * `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, percent-encoded.
   */
  readonly url: string
  /** What a relative path is relative to; default: the working directory. */
  readonly folder?: string | undefined
  /** How much of a file in SQLite is kept in memory, in MiB; default 64. Who reads it once from one end to the other needs 8. */
  readonly cacheMiB?: number | undefined
}

/** An open archive. Safe to share. */
export interface Archive {
  readonly engine: ArchiveEngine
  /** A source as it is archived, for the engine to read in place of the upstream. */
  source(options: ArchivedSourceOptions): MessageProvider
  status(source: string): Promise<ArchiveStatus>
  /** What is known of messages beside themselves, by upstream id; without those that are not stored. */
  records(source: string, ids: readonly string[]): Promise<ReadonlyMap<string, ArchiveRecord>>
  /** The messages of all sources that have an id of WhatsApp (`wamid.…`), deleted ones included; at most 100. */
  findByWhatsappId(whatsappId: string): Promise<MessageKey[]>
  /** Rows of the upstream that cannot be read, the last seen first; at most `limit`. */
  rejected(source: string, limit: number): Promise<RejectedRecord[]>
  /**
   * What happens to messages and gaps from now on, or after a position, whichever process writes it; within half a second.
   * @throws WaybillError INVALID_CURSOR where events after the position are no longer kept; ARCHIVE_UNAVAILABLE.
   */
  follow(options: FollowOptions): AsyncGenerator<ArchiveEvent, void, undefined>
  /** @throws WaybillError ARCHIVE_UNAVAILABLE when the database does not answer. */
  ping(): Promise<void>
  /** Ends all connections. What is under way is finished first. */
  close(): Promise<void>
}

/**
 * Opens an archive, makes it where it does not exist, and brings its tables up to date.
 *
 * @throws ConfigurationError for a URL that cannot be used, with `url` as its path and nothing of the URL in its text;
 *   WaybillError ARCHIVE_UNAVAILABLE when the database cannot be had; TypeError where `url` is not a text.
 */
export async function openArchive(given: ArchiveOptions): Promise<Archive> {
  // A caller in plain JavaScript may pass anything.
  const { url, folder, cacheMiB } = (given ?? {}) as Partial<ArchiveOptions>
  if (typeof url !== 'string')
    throw new TypeError('openArchive takes { url, folder }, with url as a text such as "sqlite:waybill.db".')
  const database = await openDatabase(url, folder, cacheMiB)
  const store = createStore(database)
  const watch = new EventWatch(database)
  const archive: Archive = {
    engine: database.engine,
    source: (options) => createArchivedSource(database, store, options),
    status: (source) => readArchiveStatus(store, source),
    records: (source, ids) => callDatabase(() => readArchiveRecords(database, source, ids), { source }),
    findByWhatsappId: (whatsappId) => callDatabase(() => findByWhatsappId(database, whatsappId)),
    rejected: (source, limit) => store.rejected(source, limit),
    ping: () =>
      callDatabase(
        async () => void (await database.db.selectFrom('leases').select('token').limit(1).execute()),
      ),
    follow: (options) => followEvents(database, watch, options),
    close: () => {
      watch.close()
      return database.close()
    },
  }
  internals.set(archive, { database, store })
  return archive
}

/** The database of an archive that {@link openArchive} opened. */
export function databaseOf(archive: Archive): ArchiveDatabase {
  return internalsOf(archive).database
}

/** What a sync reads and writes in an archive that {@link openArchive} opened. Not part of the package's API. */
export function storeOf(archive: Archive): ArchiveStore {
  return internalsOf(archive).store
}

interface Internals {
  readonly database: ArchiveDatabase
  readonly store: ArchiveStore
}

const internals = new WeakMap<Archive, Internals>()

function internalsOf(archive: Archive): Internals {
  const found = internals.get(archive)
  if (found === undefined) throw new TypeError('This is not an archive that openArchive returned.')
  return found
}
