import pg from 'pg'

const PATIENCE_MS = 5000

/**
 * Asks the server, over a connection of its own, to end what another connection waits for. Never throws: a query that
 * cannot be ended so ends at its deadline.
 *
 * @param options how the other connection was made
 */
export async function cancelQuery(client: pg.ClientBase, options: pg.ClientConfig): Promise<void> {
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
