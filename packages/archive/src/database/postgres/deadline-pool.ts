import type { PostgresPool, PostgresPoolClient } from 'kysely'
import pg from 'pg'
import { signalOfQuery } from '../abortable.js'
import { QueryTooLong } from '../unavailable.js'

/** How much longer than the server, which ends a query at its deadline, an answer is waited for. */
const GRACE_MS = 5000
/** What the server says of a query that it ended. */
const QUERY_CANCELED = '57014'

/**
 * A pool whose connections answer each query in time, or are given up. A server that is at work ends a query itself at
 * the deadline (`statement_timeout`), and the connection stays. One that says nothing, since its machine or the network
 * is gone, is not told from a slow one by TCP for hours: its connection ends a little after the deadline.
 *
 * @param deadlineMs the server's `statement_timeout`, in milliseconds
 * @throws QueryTooLong from a query that was ended by either
 */
export function deadlinePool(pool: pg.Pool, deadlineMs: number): DeadlinePool {
  const connect = async (): Promise<DeadlineClient> =>
    withDeadline(await pool.connect(), pool.options, deadlineMs + GRACE_MS)
  return {
    options: pool.options,
    connect,
    end: () => pool.end(),
    run: async (config) => {
      const client = await connect()
      try {
        return (await client.run(config)).rows
      } finally {
        client.release()
      }
    },
  }
}

/** A pool that also runs statements which each connection prepares once, by their name. */
export interface DeadlinePool extends PostgresPool {
  run(config: pg.QueryConfig): Promise<readonly unknown[]>
}

interface DeadlineClient extends PostgresPoolClient {
  run(config: pg.QueryConfig): Promise<pg.QueryResult<Record<string, unknown>>>
}

function withDeadline(client: pg.PoolClient, options: pg.ClientConfig, patienceMs: number): DeadlineClient {
  async function run(config: pg.QueryConfig): Promise<pg.QueryResult<Record<string, unknown>>> {
    const signal = signalOfQuery()
    signal?.throwIfAborted()
    let isLate = false
    const giveUp = (): void => {
      isLate = true
      // A connection that is in the middle of a query is cut off.
      void client.end()
    }
    let cancelling: Promise<void> | undefined
    const cancel = (): void => {
      cancelling = cancelQuery(client, options)
    }
    const deadline = setTimeout(giveUp, patienceMs)
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await client.query<Record<string, unknown>>(config)
    } catch (error) {
      throw isLate || isCanceled(error) ? new QueryTooLong({ cause: error }) : error
    } finally {
      clearTimeout(deadline)
      signal?.removeEventListener('abort', cancel)
      // It must not meet the query of whoever has the connection next.
      await cancelling
    }
  }
  return {
    // Kysely asks for cursors only where it is given their class.
    query: ((text: string, values: unknown[]) =>
      run({ text, values })) as unknown as PostgresPoolClient['query'],
    run,
    release: (destroy) => client.release(destroy),
  }
}

function isCanceled(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === QUERY_CANCELED
}

const PATIENCE_MS = 5000

/**
 * Asks the server, over a connection of its own, to end what another connection waits for. Never throws: a query that
 * cannot be ended so ends at its deadline.
 *
 * @param options how the other connection was made
 */
async function cancelQuery(client: pg.ClientBase, options: pg.ClientConfig): Promise<void> {
  const other = new pg.Client({
    ...options,
    // The pool keeps it from whoever looks at its options.
    password: options.password,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  other.on('error', () => undefined)
  try {
    await other.connect()
    await other.query('select pg_cancel_backend($1)', [processOf(client)])
  } catch {
    // The deadline remains.
  } finally {
    await other.end().catch(() => undefined)
  }
}

/** The server's process behind a connection, which the driver knows and does not declare. */
function processOf(client: object): unknown {
  return 'processID' in client ? client.processID : null
}
