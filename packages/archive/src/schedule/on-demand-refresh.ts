import { setTimeout as delay } from 'node:timers/promises'
import type { ChangeFeed } from './change-feed.js'
import type { ArchiveStore } from '../store/archive-store.js'
import type { SourceSync } from '../sync/turn/source-sync.js'
import type { Worker } from '../sync/turn/worker.js'

/** How often it is checked whether another process has polled. */
const CHECK_MS = 200
/** How long a poll for a reader may go on, whether the reader still waits or not; and what it gave rise to. */
const POLL_MS = 10_000

/** A poll for readers. */
interface Poll {
  readonly done: Promise<void>
  /** Until when somebody waits for it, in milliseconds since the epoch. */
  waitedUntil: number
}

/** Polls a source when a reader would get data that is too old. */
export class OnDemandRefresh {
  readonly #store: ArchiveStore
  readonly #worker: Worker
  readonly #feed: ChangeFeed
  readonly #now: () => number
  readonly #patienceMs: number
  readonly #closing = new AbortController()
  readonly #underWay = new Map<string, Poll>()
  readonly #following = new Set<Promise<unknown>>()

  constructor(
    store: ArchiveStore,
    worker: Worker,
    feed: ChangeFeed,
    now: () => number,
    /** How long a reader waits at most, in milliseconds. */
    patienceMs: number,
  ) {
    this.#store = store
    this.#worker = worker
    this.#feed = feed
    this.#now = now
    this.#patienceMs = patienceMs
  }

  /** Ends when the source was polled recently enough, when the patience is at its end, or when the signal is aborted. Never throws. */
  async refresh(sync: SourceSync, signal?: AbortSignal): Promise<void> {
    try {
      const since = this.#now() - sync.source.poll.maxStalenessMs
      if (await this.#isPolled(sync, since)) return
      const end = AbortSignal.any([
        this.#closing.signal,
        AbortSignal.timeout(this.#patienceMs),
        ...(signal === undefined ? [] : [signal]),
      ])
      await Promise.race([this.#poll(sync, since), whenAborted(end)])
    } catch {
      // A reader gets what there is; the report says how old it is.
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled([...this.#underWay.values()].map(({ done }) => done))
    await Promise.allSettled(this.#following)
  }

  async #isPolled(sync: SourceSync, since: number): Promise<boolean> {
    const { lastSyncedAt } = await this.#store.progress(sync.source.id)
    return lastSyncedAt !== null && lastSyncedAt >= since
  }

  /** One poll serves all who wait. */
  #poll(sync: SourceSync, since: number): Promise<void> {
    const { id } = sync.source
    const waitedUntil = this.#now() + this.#patienceMs
    const underWay = this.#underWay.get(id)
    if (underWay !== undefined) {
      underWay.waitedUntil = waitedUntil
      return underWay.done
    }
    const poll: Poll = {
      waitedUntil,
      done: Promise.resolve().then(() => this.#pollOrWait(sync, since, poll)),
    }
    this.#underWay.set(id, poll)
    return poll.done
  }

  async #pollOrWait(sync: SourceSync, since: number, poll: Poll): Promise<void> {
    const { signal } = this.#closing
    try {
      while (!signal.aborted && this.#now() < poll.waitedUntil) {
        const until = this.#now() + POLL_MS
        const done = await this.#worker.work(sync, signal, { until, only: ['head'], polledSince: since })
        // A source that is left alone after a failure was not asked.
        if (done?.error === null && done.tally.requests > 0) return this.#follow(sync)
        if (done !== null || (await this.#isPolled(sync, since))) return
        await this.#hear(sync.source.id)
        if (await this.#isPolled(sync, since)) return
      }
    } catch {
      // A reader gets what there is; the report says how old it is.
    } finally {
      this.#underWay.delete(sync.source.id)
    }
  }

  /**
   * What a poll finds gone, changed or unfinished is looked after at once, while the readers have their answer: it may be a
   * while until the source's turn comes up, or there may be nobody who watches it.
   */
  #follow(sync: SourceSync): void {
    const until = this.#now() + POLL_MS
    const following = this.#worker
      .work(sync, this.#closing.signal, { until, only: ['changes', 'recheck'] })
      .catch(() => null)
      .finally(() => this.#following.delete(following))
    this.#following.add(following)
  }

  /** Until something is said of the source, but not for long. */
  async #hear(source: string): Promise<void> {
    const said = Promise.withResolvers<void>()
    const leave = this.#feed.subscribe((change) => {
      if (change.source === source) said.resolve()
    })
    await Promise.race([said.promise, delay(CHECK_MS, undefined, { ref: false })])
    leave()
  }
}

async function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
