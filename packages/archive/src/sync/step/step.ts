import type { CallOptions, Message } from '@waybill/core'
import type { Engine, MessagesQuery, MessagePage } from '@waybill/engine'
import type { ArchiveStore, Batch, CommitResult, SyncProgress } from '../../store/archive-store.js'
import type { Lease } from '../../store/lease.js'
import { type CheckpointName, readCheckpoint, writeCheckpoint } from './checkpoint.js'
import type { StepCounts, SyncListener } from './event.js'
import type { Pace } from './pace.js'
import type { SyncSource } from './sync-source.js'

/** What a step writes; the lease, the form of checkpoints and, if need be, the time are added. */
export interface StepBatch extends Partial<Omit<Batch, 'lease' | 'checkpoints' | 'progress'>> {
  readonly checkpoints?: Readonly<Partial<Record<CheckpointName, unknown>>>
  readonly progress?: Partial<SyncProgress>
}

/** What a process has at hand for one source. */
export interface StepTools {
  readonly source: SyncSource
  readonly store: ArchiveStore
  /** Makes what reads this one source, exactly; it keeps pages for as long as it is used. */
  readonly makeEngine: () => Engine
  readonly pace: Pace
  /** The part of it that may ask for details. */
  readonly detailPace: Pace
  readonly now: () => number
  readonly emit: SyncListener
  /** How many requests were sent to the source so far. */
  readonly requests: () => number
}

/** One stretch of work on one source, under a lease. */
export class Step {
  readonly lease: Lease
  readonly signal: AbortSignal
  readonly #tools: StepTools
  readonly #requestsBefore: number
  #engine: Engine | null = null
  #added = 0
  #changed = 0
  #deleted = 0

  constructor(tools: StepTools, lease: Lease, signal: AbortSignal) {
    this.#tools = tools
    this.#requestsBefore = tools.requests()
    this.lease = lease
    this.signal = signal
  }

  get source(): SyncSource {
    return this.#tools.source
  }

  get store(): ArchiveStore {
    return this.#tools.store
  }

  get pace(): Pace {
    return this.#tools.pace
  }

  get detailPace(): Pace {
    return this.#tools.detailPace
  }

  get emit(): SyncListener {
    return this.#tools.emit
  }

  /** What was done under this lease so far. */
  get tally(): StepCounts {
    const requests = this.#tools.requests() - this.#requestsBefore
    return { added: this.#added, changed: this.#changed, deleted: this.#deleted, requests }
  }

  /** What was done since. @param before the tally then */
  since(before: StepCounts): StepCounts {
    const { added, changed, deleted, requests } = this.tally
    return {
      added: added - before.added,
      changed: changed - before.changed,
      deleted: deleted - before.deleted,
      requests: requests - before.requests,
    }
  }

  now(): number {
    return this.#tools.now()
  }

  /** For a call of the provider. */
  get call(): CallOptions {
    return { signal: this.signal }
  }

  /** Lets go of the pages that were kept: they are older than what another task has stored since. */
  refresh(): void {
    this.#engine = null
  }

  /** A page of this source through the engine. */
  async read(query: MessagesQuery): Promise<MessagePage> {
    this.#engine ??= this.#tools.makeEngine()
    return this.#engine.messages({ ...query, signal: this.signal })
  }

  async checkpoint<T>(name: CheckpointName): Promise<T | null> {
    return readCheckpoint<T>(this.store, this.source.id, name)
  }

  async stored(messages: readonly Message[]): ReturnType<ArchiveStore['stored']> {
    return this.store.stored(
      this.source.id,
      messages.map((message) => message.upstreamId),
    )
  }

  /** @throws LeaseLost when another process holds the source by now */
  async commit({ checkpoints = {}, ...batch }: StepBatch): Promise<CommitResult> {
    this.signal.throwIfAborted()
    const { pace } = this
    // The limit that holds without one is for this process alone.
    const all =
      this.source.rateLimit === undefined ? checkpoints : { ...checkpoints, pace: pace.snapshot(this.now()) }
    const result = await this.store.commit({
      messages: [],
      ...batch,
      lease: this.lease,
      observedAt: batch.observedAt ?? this.now(),
      checkpoints: Object.fromEntries(
        Object.entries(all).map(([name, value]) => [name, value === null ? null : writeCheckpoint(value)]),
      ),
    })
    pace.saved()
    const deleted = new Set(batch.deleted)
    const gone = result.changed.filter((id) => deleted.has(id)).length
    this.#added += result.added.length
    this.#changed += result.changed.length - gone
    this.#deleted += gone
    return result
  }
}
