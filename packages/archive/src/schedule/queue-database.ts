import pg from 'pg'

/** Connections of one process to the queue, beside those to the archive. */
const CONNECTIONS = 3
/**
 * Longer than any statement of the queue takes, and short enough that a process goes on before another takes its sources
 * over. A server that says nothing any more is not told from a slow one by TCP for hours.
 */
const PATIENCE_MS = 8000

/** The queue's way to its database. Closed by whoever opened it. */
export interface QueueDatabase {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
  /** From now on every statement is answered in time, or fails and its connection is given up. */
  hurry(): void
  close(): Promise<void>
}

/** Until it is told to hurry, statements take as long as they take: tables are made, and others that make them waited for. */
export function openQueueDatabase(url: string, onError: (error: unknown) => void): QueueDatabase {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_MS,
    keepAlive: true,
    application_name: 'waybill queue',
  })
  pool.on('error', onError)
  let deadline = {}
  return {
    // As the driver gives it: of several statements in one text it is a list.
    executeSql: async (text, values = []) =>
      pool.query(values.length === 0 ? { text, ...deadline } : { text, values, ...deadline }),
    hurry: () => {
      deadline = { query_timeout: PATIENCE_MS }
    },
    close: () => pool.end(),
  }
}
