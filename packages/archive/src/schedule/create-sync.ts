import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type Archive, databaseOf, storeOf } from '../open/archive.js'
import { toUnavailable } from '../database/unavailable.js'
import { type ChangeFeed, LocalFeed, PostgresFeed } from './change-feed.js'
import { watchByTimers } from './timers.js'
import type { SyncEvent, SyncListener } from '../sync/step/event.js'
import { describeFailure } from '../sync/step/failure.js'
import { OnDemandRefresh } from './on-demand-refresh.js'
import { syncOnce } from './sync-once.js'
import { SourceSync } from '../sync/turn/source-sync.js'
import type { Sync } from './sync.js'
import type { SyncSource } from '../sync/step/sync-source.js'
import { Worker } from '../sync/turn/worker.js'

export interface SyncOptions {
  readonly archive: Archive
  /** Their ids must be unique. */
  readonly sources: readonly SyncSource[]
  readonly onEvent?: SyncListener | undefined
  /** The clock, in milliseconds since the epoch; default: the system's. */
  readonly now?: (() => number) | undefined
  /** How long a process that does not answer is still taken for alive, in milliseconds; default 20,000. */
  readonly leaseTtlMs?: number | undefined
  /** How long a reader waits for a poll at most, in milliseconds; default 2,000. */
  readonly refreshTimeoutMs?: number | undefined
}

const LEASE_TTL_MS = 20_000
const REFRESH_TIMEOUT_MS = 2000
/** The queue looks several times a second, and each look fails while the database is away. */
const SCHEDULE_SILENCE_MS = 60_000

/** Makes a sync that fills the archive from the sources. Nothing is begun before one of its methods is called. */
export function createSync({
  archive,
  sources,
  onEvent,
  now = Date.now,
  leaseTtlMs = LEASE_TTL_MS,
  refreshTimeoutMs = REFRESH_TIMEOUT_MS,
}: SyncOptions): Sync {
  const store = storeOf(archive)
  const { serverUrl } = databaseOf(archive)
  const feed: ChangeFeed = serverUrl === null ? new LocalFeed() : new PostgresFeed(serverUrl)
  const emit = (event: SyncEvent): void => {
    // What is waited for is of interest to this process alone.
    if (event.source !== null && event.kind !== 'waiting')
      feed.publish({ source: event.source, kind: event.kind })
    try {
      onEvent?.(event)
    } catch {
      // A log must not stop a sync.
    }
  }
  let reportedAt = Number.NEGATIVE_INFINITY
  const reportScheduleFailure = (error: unknown): void => {
    if (now() - reportedAt < SCHEDULE_SILENCE_MS) return
    reportedAt = now()
    emit({ kind: 'schedule-failed', source: null, error: describeFailure(toUnavailable(error)) })
  }
  const terms = { holder: `${hostname()}:${process.pid}:${randomUUID()}`, ttlMs: leaseTtlMs }
  const worker = new Worker(store, terms, now, emit)
  const syncs = new Map(sources.map((source) => [source.id, new SourceSync(source, store, now, emit)]))
  const onDemand = new OnDemandRefresh(store, worker, feed, now, refreshTimeoutMs)

  const chosen = (ids: readonly string[] | undefined): SourceSync[] =>
    (ids ?? [...syncs.keys()]).map((id) => {
      const sync = syncs.get(id)
      if (sync === undefined) throw new TypeError(`Cannot sync the unknown source "${id}".`)
      return sync
    })

  return {
    async once(ids, signal = new AbortController().signal) {
      return Promise.all(chosen(ids).map((sync) => syncOnce(worker, sync, now, signal)))
    },
    async watch(signal, ids) {
      const watched = chosen(ids)
      if (serverUrl === null) return watchByTimers(worker, watched, now, signal)
      // Its library is large, and nothing else needs it.
      const { watchByQueue } = await import('./queue.js')
      return watchByQueue(serverUrl, worker, watched, now, reportScheduleFailure, signal)
    },
    async refresh(id, signal) {
      const sync = syncs.get(id)
      if (sync !== undefined) await onDemand.refresh(sync, signal)
    },
    async close() {
      await onDemand.close()
      await feed.close()
    },
  }
}
