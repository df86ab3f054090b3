import type { ArchiveStore } from '../../store/archive-store.js'
import { LeaseLost, type Lease } from '../../store/lease.js'
import type { SyncEvent, SyncListener, WaitReason } from '../step/event.js'
import { backOff, describeFailure, forLog } from '../step/failure.js'
import type { SourceSync, WorkBounds, WorkDone } from './source-sync.js'

/** How long one turn goes on while there is something to do; then another process may have its turn. */
const TURN_MS = 5000
/** How soon a source that another process holds is tried again. */
const TAKEN_MS = 1000

/** Works on sources turn by turn, each under a lease. Failures are reported as events, not thrown. */
export class Worker {
  readonly #store: ArchiveStore
  readonly #terms: LeaseTerms
  readonly #now: () => number
  readonly #emit: SyncListener
  /** What the sources wait for. */
  readonly waits: WaitReports
  /** How often the archive itself failed in a row. */
  #failures = 0

  constructor(store: ArchiveStore, terms: LeaseTerms, now: () => number, emit: SyncListener) {
    this.#store = store
    this.#terms = terms
    this.#now = now
    this.#emit = emit
    this.waits = new WaitReports(emit)
  }

  /**
   * Does what is due for a source.
   *
   * @returns when to come again, in milliseconds since the epoch
   * @throws the signal's reason when it is aborted
   */
  async turn(sync: SourceSync, signal: AbortSignal): Promise<number> {
    const source = sync.source.id
    try {
      const next = await sync.next()
      // Taken after it: what is due at once is due at the moment of that answer.
      const now = this.#now()
      if (next.at > now) return this.#waited(source, next.waitsFor, next.at)
      const done = await this.work(sync, signal, { until: now + TURN_MS })
      this.#failures = 0
      if (done !== null) return this.#waited(source, done.waitsFor, done.nextAt)
      this.waits.report(source, { reason: 'other-process', until: null, error: null }, now)
      return this.#now() + this.#retryMs()
    } catch (error) {
      signal.throwIfAborted()
      return this.#failed(source, error)
    }
  }

  /**
   * Works on a source under a lease.
   *
   * @returns null when another process holds the source
   * @throws as {@link SourceSync.work}
   */
  async work(sync: SourceSync, signal: AbortSignal, bounds: WorkBounds): Promise<WorkDone | null> {
    return withLease(this.#store, sync.source.id, this.#terms, signal, (lease, held) =>
      sync.work(lease, held, bounds),
    )
  }

  #waited(source: string, reason: WaitReason, until: number): number {
    this.waits.report(source, { reason, until, error: null }, this.#now())
    return until
  }

  #failed(source: string, error: unknown): number {
    if (error instanceof LeaseLost) {
      this.#emit({ kind: 'lease-lost', source })
      return this.#now() + this.#retryMs()
    }
    const { until: retryAt, failures } = backOff(error, this.#failures, this.#now())
    this.#failures = failures
    this.#emit({ kind: 'failed', source, error: describeFailure(error), ...forLog(error), retryAt })
    return retryAt
  }

  /** Not all at once. */
  #retryMs(): number {
    return Math.min(TAKEN_MS, this.#terms.ttlMs / 4) * (0.5 + Math.random())
  }
}

type Wait = Pick<Extract<SyncEvent, { kind: 'waiting' }>, 'reason' | 'until' | 'error'>

/** Waits that are shorter are not worth a line, and two that end so close together are one. */
const SHORT_MS = 1000

/** Reports what sources wait for, each wait once. */
class WaitReports {
  readonly #emit: SyncListener
  readonly #last = new Map<string, Wait>()

  constructor(emit: SyncListener) {
    this.#emit = emit
  }

  report(source: string, wait: Wait, now: number): void {
    if (wait.until !== null && (wait.until < now + SHORT_MS || wait.until === Number.POSITIVE_INFINITY))
      return
    const last = this.#last.get(source)
    const isSame = last?.reason === wait.reason && Math.abs((last.until ?? 0) - (wait.until ?? 0)) < SHORT_MS
    this.#last.set(source, wait)
    if (!isSame) this.#emit({ kind: 'waiting', source, ...wait })
  }
}

/** Who asks for leases, and for how long at a time. */
export interface LeaseTerms {
  /** Unique to a process. */
  readonly holder: string
  /** A holder that does not renew for so long is taken for dead, in milliseconds. */
  readonly ttlMs: number
}

/** How often a lease is renewed in the time that it lasts. */
const RENEWALS = 4

/**
 * Runs something while no other process works on the source. The lease is renewed meanwhile; when it is lost
 * nevertheless, the signal that `run` gets is aborted.
 *
 * @returns null when another process holds the source
 * @throws LeaseLost; what `run` throws
 */
async function withLease<T>(
  store: ArchiveStore,
  source: string,
  { holder, ttlMs }: LeaseTerms,
  signal: AbortSignal,
  run: (lease: Lease, signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const lease = await store.acquire(source, holder, ttlMs)
  if (lease === null) return null
  const lost = new AbortController()
  const renew = async (): Promise<void> => {
    // A database that cannot be had for a moment does not end the lease; a commit finds out whether it still holds.
    const isHeld = await store.renew(lease, ttlMs).catch(() => true)
    if (!isHeld) lost.abort(new LeaseLost(lease))
  }
  const timer = setInterval(() => void renew(), ttlMs / RENEWALS)
  try {
    return await run(lease, AbortSignal.any([signal, lost.signal]))
  } finally {
    clearInterval(timer)
    // Whoever comes next waits until it runs out if it cannot be given back.
    await store.release(lease).catch(() => undefined)
  }
}
