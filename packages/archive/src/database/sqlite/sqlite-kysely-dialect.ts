import { setImmediate } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  type SqliteStatement,
  SqliteDialect as KyselySqliteDialect,
  SqliteDriver,
} from 'kysely'
import { whileBusy } from './while-busy.js'

/** Kysely's dialect, but for how it shares the process, how transactions begin, and what they may hold. */
export class SqliteKyselyDialect extends KyselySqliteDialect {
  readonly #database: SqliteDatabase

  constructor(database: SqliteDatabase) {
    const prepared = new PreparedStatements(database)
    super({ database: prepared })
    this.#database = prepared
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
class PreparedStatements implements SqliteDatabase {
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
  #connection: PatientConnection | undefined

  /**
   * SQLite answers within the call, so that a loop over many queries would keep the process from anything else: from
   * other requests, timers and signals. Each query, or transaction, begins with a turn of theirs.
   */
  override async acquireConnection(): Promise<DatabaseConnection> {
    await setImmediate()
    this.#connection ??= new PatientConnection(await super.acquireConnection())
    return this.#connection
  }

  /**
   * A transaction that reads before it writes cannot wait for a writer of another process: what it read is stale by
   * then, and SQLite fails it at once. So each is a writer from its beginning, and waits there.
   */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** Waits where another process writes. Within a transaction that does not happen: it began as the only writer. */
class PatientConnection implements DatabaseConnection {
  readonly #connection: DatabaseConnection

  constructor(connection: DatabaseConnection) {
    this.#connection = connection
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return whileBusy(() => this.#connection.executeQuery<Row>(query))
  }

  streamQuery<Row>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<Row>> {
    return this.#connection.streamQuery<Row>(query, chunkSize)
  }
}

/** SQLite's tables are made in transactions as well, so that an interrupted migration leaves nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}
