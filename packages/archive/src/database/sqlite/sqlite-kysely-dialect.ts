import { setImmediate } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect as KyselySqliteDialect,
  SqliteDriver,
} from 'kysely'

/** Kysely's dialect, but for how it shares the process, how transactions begin, and what they may hold. */
export class SqliteKyselyDialect extends KyselySqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new ImmediateDriver({ database: this.#database })
  }

  override createAdapter(): DialectAdapter {
    return new TransactionalAdapter()
  }
}

class ImmediateDriver extends SqliteDriver {
  /**
   * SQLite answers within the call, so that a loop over many queries would keep the process from anything else: from
   * other requests, timers and signals. Each query, or transaction, begins with a turn of theirs.
   */
  override async acquireConnection(): Promise<DatabaseConnection> {
    await setImmediate()
    return super.acquireConnection()
  }

  /**
   * A transaction that reads before it writes cannot wait for a writer of another process: what it read is stale by
   * then, and SQLite fails it at once. So each is a writer from its beginning, and waits there.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** SQLite's tables are made in transactions as well, so that an interrupted migration leaves nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
