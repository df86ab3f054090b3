import type { Kysely } from 'kysely'
import type { Dialect } from './dialect.js'
import type { Tables } from './tables.js'

export type ArchiveEngine = 'sqlite' | 'postgres'

/** An open database whose tables are there. */
export interface ArchiveDatabase {
  readonly engine: ArchiveEngine
  /** Where a server ends queries that take too long. */
  readonly db: Kysely<Tables>
  /** The same without a deadline, for what takes as long as it takes. */
  readonly unhurried: Kysely<Tables>
  readonly dialect: Dialect
  /** Where other connections to the database are made; null where there is no server. Holds the password. */
  readonly serverUrl: string | null
  close(): Promise<void>
}
