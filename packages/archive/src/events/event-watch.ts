import type { ArchiveDatabase } from '../database/archive-database.js'
import { callDatabase } from '../database/unavailable.js'

/** Up to which event each source was followed: the last event's sequence by the source's id. */
export type EventPosition = ReadonlyMap<string, number>

/**
 * How often the database is asked for new events while somebody waits for them, in milliseconds. One question serves all who wait in
 * this process, wherever the events are written.
 */
const INTERVAL_MS = 500

interface Waiter {
  readonly position: EventPosition
  readonly resolve: () => void
  readonly reject: (reason: unknown) => void
}

/** Waits for new events of an archive, for all followers of this process together. */
export class EventWatch {
  readonly #database: ArchiveDatabase
  readonly #waiters = new Set<Waiter>()
  #timer: NodeJS.Timeout | null = null

  constructor(database: ArchiveDatabase) {
    this.#database = database
  }

  /**
   * Resolves when a source has an event after the position, or the signal is aborted.
   * @throws WaybillError ARCHIVE_UNAVAILABLE
   */
  async changed(position: EventPosition, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter = { position, resolve, reject }
    const onAbort = (): void => resolve()
    this.#waiters.add(waiter)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#timer ??= setTimeout(() => void this.#look(), INTERVAL_MS)
    try {
      await promise
    } finally {
      signal.removeEventListener('abort', onAbort)
      this.#waiters.delete(waiter)
    }
  }

  /** Ends all waiting. */
  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    for (const { resolve } of this.#waiters) resolve()
  }

  async #look(): Promise<void> {
    if (this.#waiters.size > 0) await this.#wakeUp()
    this.#timer = this.#waiters.size > 0 ? setTimeout(() => void this.#look(), INTERVAL_MS) : null
  }

  async #wakeUp(): Promise<void> {
    try {
      const latest = await callDatabase(() => this.#latest())
      for (const { position, resolve } of this.#waiters)
        if ([...position].some(([source, sequence]) => (latest.get(source) ?? 0) > sequence)) resolve()
    } catch (error) {
      for (const { reject } of this.#waiters) reject(error)
    }
  }

  /** The last event of each source that is waited for. */
  async #latest(): Promise<Map<string, number>> {
    const sources = new Set([...this.#waiters].flatMap(({ position }) => [...position.keys()]))
    const rows = await this.#database.db
      .selectFrom('events')
      .select(({ fn }) => ['source', fn.max('sequence').as('last')])
      .where('source', 'in', [...sources])
      .groupBy('source')
      .execute()
    return new Map(rows.map(({ source, last }) => [source, last]))
  }
}
