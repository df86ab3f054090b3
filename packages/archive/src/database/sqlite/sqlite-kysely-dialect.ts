import { setImmediate } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  type SqliteStatement,
  SqliteDialect as KyselySqliteDialect,
  SqliteDriver,
} from 'kysely'

/** Kysely's dialect, but for how it shares the process, how transactions begin, and what they may hold. */
export class SqliteKyselyDialect extends KyselySqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: PreparedStatements) {
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

/** More than the queries that are asked again and again; lists of values make many others. */
const MOST_PREPARED = 200

/** Keeps the statements that were used last: to prepare one takes as long as to carry it out. None is used by two at once. */
export class PreparedStatements implements SqliteDatabase {
  readonly #database: SqliteDatabase
  readonly #statements = new Map<string, SqliteStatement>()

  constructor(database: SqliteDatabase) {
    this.#database = database
  }

  prepare(sql: string): SqliteStatement {
    const statement = this.#statements.get(sql) ?? this.#database.prepare(sql)
    this.#statements.delete(sql)
    this.#statements.set(sql, statement)
    const [oldest] = this.#statements.keys()
    if (this.#statements.size > MOST_PREPARED && oldest !== undefined) this.#statements.delete(oldest)
    return statement
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
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
