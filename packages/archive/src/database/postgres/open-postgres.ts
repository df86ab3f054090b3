import { WaybillError } from '@waybill/core'
import { Kysely, type PostgresPool, PostgresDialect as KyselyPostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { ArchiveDatabase } from '../archive-database.js'
import { traceQuery } from '../query-span.js'
import type { Tables } from '../tables.js'
import { deadlinePool } from './deadline-pool.js'
import { postgresDialect } from './postgres-dialect.js'

const CONNECT_TIMEOUT_MS = 10_000
/** A process that stops in the middle of a commit must not keep another from taking over for long. */
const IDLE_IN_TRANSACTION_MS = 10_000
/** Long enough to count a hundred million messages by an index. */
const DEADLINE_MS = 120_000
const POOL_SIZE = 10

/**
 * Opens a database by its URL. Connections are made when they are needed, and again when they broke.
 * @param deadlineMs how long a query may take, in milliseconds
 */
export async function openPostgres(url: string, deadlineMs: number = DEADLINE_MS): Promise<ArchiveDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    statement_timeout: deadlineMs,
    keepAlive: true,
    application_name: 'waybill',
    types: { getTypeParser },
  })
  // A connection that breaks is replaced, and the query that was under way fails. Without a listener, one that breaks
  // while no query is under way would end the process: in the pool, or between two queries of a transaction.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const inTime = deadlinePool(pool, deadlineMs)
  const db = kyselyOver(inTime)
  const database: ArchiveDatabase = {
    engine: 'postgres',
    db: db.withSchema('waybill'),
    withoutDeadline: kyselyOver(pool).withSchema('waybill'),
    run: async ({ name, text }, values) => {
      const begunAt = performance.now()
      let level: 'query' | 'error' = 'error'
      try {
        const rows = await inTime.run({ name, text, values: [...values] })
        level = 'query'
        return rows
      } finally {
        const queryDurationMillis = performance.now() - begunAt
        traceQuery('postgresql', { query: { sql: text }, queryDurationMillis, level })
      }
    },
    dialect: postgresDialect,
    serverUrl: url,
    close: () => db.destroy(),
  }
  try {
    await expectUnicode(db)
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

function kyselyOver(pool: PostgresPool): Kysely<Tables> {
  return new Kysely({
    dialect: new KyselyPostgresDialect({ pool }),
    log: (event) => traceQuery('postgresql', event),
  })
}

async function expectUnicode(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`
    select current_setting('server_encoding') as encoding`.execute(db)
  const encoding = rows[0]?.encoding
  if (encoding === 'UTF8') return
  throw new WaybillError(
    'ARCHIVE_UNAVAILABLE',
    `The archive's database has the encoding ${encoding}. Make one with the encoding UTF8.`,
  )
}

/** Counts and keys stay far below 2^53, and are numbers everywhere else. */
const getTypeParser: typeof pg.types.getTypeParser = (type, format) =>
  type === pg.types.builtins.INT8 ? Number : (pg.types.getTypeParser(type, format) as unknown)
