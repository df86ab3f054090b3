import { createHash } from 'node:crypto'
import { PgBoss } from 'pg-boss'
import pg from 'pg'
import { callDatabase } from '../database/unavailable.js'
import type { SourceSync } from '../sync/turn/source-sync.js'
import type { Worker } from '../sync/turn/worker.js'
import { pauseUntil } from './timers.js'

const SCHEMA = 'waybill_queue'
const POLLING_SECONDS = 0.5
/** Each source has a queue of its own; more polls a second would leave no time for anything else. */
const MOST_POLLS_A_SECOND = 100
/** How many queues are created at once. */
const CONCURRENCY = 3
/** The fewest that there may be. A job whose process has died comes back after that. */
const HEARTBEAT_SECONDS = 10
const MONITOR_SECONDS = 3
/** A source that is due again so soon stays in this process, which saves a way through the queue. */
const SHORT_PAUSE_MS = 1500
/** But no longer, so that other processes have their turn. */
const LONGEST_TURNS_MS = 15_000
/** However far away the next step is, it is checked by then. */
const LONGEST_PAUSE_MS = 60_000

/**
 * Keeps sources up to date together with all other processes on the same database, until the signal is aborted. Each
 * source has a queue, in which at most one job waits: the source's next step, at its time. Whoever is free takes it.
 */
export async function watchByQueue(
  serverUrl: string,
  worker: Worker,
  syncs: readonly SourceSync[],
  now: () => number,
  onError: (error: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  const database = openQueueDatabase(serverUrl, onError)
  const boss = new PgBoss({
    db: database,
    schema: SCHEMA,
    schedule: false,
    superviseIntervalSeconds: MONITOR_SECONDS,
    monitorIntervalSeconds: MONITOR_SECONDS,
  })
  boss.on('error', onError)
  const pollingIntervalSeconds = Math.max(POLLING_SECONDS, syncs.length / MOST_POLLS_A_SECOND)
  try {
    await callDatabase(() => boss.start())
    database.setDeadline()
    try {
      // No queue is polled before all are created: polls would slow the creation down.
      await makeQueues(boss, syncs)
      for (const sync of syncs) await workOn(boss, worker, sync, pollingIntervalSeconds, now, signal)
      await aborted(signal)
    } finally {
      await boss.stop({ graceful: true, timeout: 30_000 })
    }
  } finally {
    await database.close()
  }
}

async function makeQueues(boss: PgBoss, syncs: readonly SourceSync[]): Promise<void> {
  const left = syncs.values()
  const createNext = async (): Promise<void> => {
    for (const { source } of left) {
      const queue = queueOf(source.id)
      await boss.createQueue(queue, {
        policy: 'short',
        heartbeatSeconds: HEARTBEAT_SECONDS,
        retryLimit: 1_000_000,
        retryDelay: 0,
        deleteAfterSeconds: 60,
      })
      await boss.send(queue)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, createNext))
}

async function workOn(
  boss: PgBoss,
  worker: Worker,
  sync: SourceSync,
  pollingIntervalSeconds: number,
  now: () => number,
  signal: AbortSignal,
): Promise<void> {
  const queue = queueOf(sync.source.id)
  // Where one waits already, this one is not kept. As a span of time: the database's clock may differ from this one.
  const sendAt = (time: number): Promise<unknown> =>
    boss.send(queue, null, { startAfter: Math.ceil(Math.max(0, time - now())) / 1000 })
  await boss.work(queue, { pollingIntervalSeconds }, async () => {
    const next = await takeTurns(worker, sync, now, signal)
    await sendAt(Math.min(next, now() + LONGEST_PAUSE_MS))
  })
}

/** Turn after turn, as long as the next one is near. */
async function takeTurns(
  worker: Worker,
  sync: SourceSync,
  now: () => number,
  signal: AbortSignal,
): Promise<number> {
  const end = now() + LONGEST_TURNS_MS
  for (;;) {
    if (signal.aborted) return now()
    try {
      const next = await worker.turn(sync, signal)
      if (next > now() + SHORT_PAUSE_MS || now() > end) return next
      await pauseUntil(next, now(), SHORT_PAUSE_MS, signal)
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}

/** Ids may hold what the name of a queue may not. */
function queueOf(source: string): string {
  const plain = source.replaceAll(/[^\w-]/g, '_').slice(0, 40)
  return `sync-${plain}-${createHash('sha256').update(source).digest('hex').slice(0, 12)}`
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

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
  setDeadline(): void
  close(): Promise<void>
}

/** Until it is told to setDeadline, statements take as long as they take: tables are made, and others that make them waited for. */
function openQueueDatabase(url: string, onError: (error: unknown) => void): QueueDatabase {
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
    setDeadline: () => {
      deadline = { query_timeout: PATIENCE_MS }
    },
    close: () => pool.end(),
  }
}
