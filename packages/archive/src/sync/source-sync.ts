import { createEngine } from '@waybill/engine'
import type { ArchiveStore } from '../store/archive-store.js'
import { type Lease, LeaseLost } from '../store/lease.js'
import { type Agenda, nextTask, readAgenda, type Task, type TaskKind } from './agenda.js'
import { countedProvider } from './counted-provider.js'
import type { SyncListener } from './event.js'
import { backOff, describeFailure } from './failure.js'
import { Pace } from './pace.js'
import { syncChanges, syncHead } from './page/head-sync.js'
import { continueTraversal } from './page/traversal.js'
import { settle } from './settle/settle.js'
import { Step, type StepTools, type Tally } from './step.js'
import type { SyncSource } from './sync-source.js'
import { syncWindow } from './window/window-sync.js'

/** What a stretch of work came to. */
export interface WorkDone {
  readonly tally: Tally
  /** When there is something to do again, in milliseconds since the epoch. */
  readonly nextAt: number
  /** Why the last step failed; null where none did. */
  readonly error: unknown
}

const NEVER = Number.POSITIVE_INFINITY

/** How long a stretch of work goes on, and with what. */
export interface WorkBounds {
  /** No step is begun after that, in milliseconds since the epoch. */
  readonly until: number
  /** Default: everything that is due. */
  readonly only?: readonly TaskKind[] | undefined
  /** A poll is due if the last one was before that, in milliseconds since the epoch, however long its interval. */
  readonly polledSince?: number | undefined
}

/** The sync of one source, in this process. Whoever has the lease may let it work; what there is to do, the archive says. */
export class SourceSync {
  readonly source: SyncSource
  readonly #tools: StepTools

  constructor(source: SyncSource, store: ArchiveStore, now: () => number, emit: SyncListener) {
    this.source = source
    const pace = new Pace(source.rateLimit)
    let requests = 0
    const provider = countedProvider(source.provider, () => {
      requests += 1
      pace.spent(1, now())
    })
    this.#tools = {
      source: { ...source, provider },
      store,
      makeEngine: () => createEngine({ sources: [{ id: source.id, provider }], keep: { maxMessages: 5000 } }),
      pace,
      now,
      emit,
      requests: () => requests,
    }
  }

  /** What there is to do, as it stands in the archive. */
  async agenda(): Promise<Agenda> {
    return readAgenda(this.#tools)
  }

  /**
   * Does what is due, step by step, until nothing is or the time is up. A source that fails is left alone for a while,
   * which is not thrown.
   *
   * @throws LeaseLost; WaybillError ARCHIVE_UNAVAILABLE; the signal's reason when it is aborted
   */
  async work(lease: Lease, signal: AbortSignal, bounds: WorkBounds): Promise<WorkDone> {
    const step = new Step(this.#tools, lease, signal)
    let last: TaskKind | null = null
    for (;;) {
      signal.throwIfAborted()
      const agenda = await readAgenda(this.#tools)
      const task = this.#choose(agenda, bounds)
      const now = this.#tools.now()
      if (task === null || now >= bounds.until) {
        return { tally: step.tally, nextAt: nextTask(agenda.tasks, now)?.dueAt ?? NEVER, error: null }
      }
      if (task.kind !== last) step.refresh()
      last = task.kind
      try {
        await this.#do(task.kind, step, agenda)
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof LeaseLost) throw error
        const until = await this.#fail(step, error, agenda.failures)
        return { tally: step.tally, nextAt: until, error }
      }
    }
  }

  #choose({ tasks, polledAt }: Agenda, { only, polledSince = 0 }: WorkBounds): Task | null {
    const now = this.#tools.now()
    const isStale = polledAt === null || polledAt < polledSince
    const allowed = tasks.flatMap((task): Task[] => {
      if (only?.includes(task.kind) === false) return []
      // What is not wanted yet waits for its interval alone, unless it has to wait for something else as well.
      const isEarly = task.kind === 'head' && isStale && task.dueAt === task.wantedAt
      return [isEarly ? { ...task, dueAt: Math.min(task.dueAt, now) } : task]
    })
    const task = nextTask(allowed, now)
    return task === null || task.dueAt > now ? null : task
  }

  async #do(kind: TaskKind, step: Step, { history, failures }: Agenda): Promise<void> {
    const { paging } = this.source.provider.capabilities
    const before = step.tally
    if (kind === 'head' && paging.kind === 'window') await syncWindow(step, paging)
    else if (kind === 'head') await syncHead(step, history)
    else if (kind === 'changes') await syncChanges(step, history)
    else if (kind === 'traversal') await continueTraversal(step, history)
    else await settle(step, Math.max(1, step.pace.free(step.now())))
    if (failures > 0) await step.commit({ checkpoints: { backoff: null }, progress: { lastError: null } })
    if (kind === 'head') await this.#say(step, before)
  }

  async #say({ tally, emit }: Step, before: Tally): Promise<void> {
    const { source, store } = this.#tools
    const { pollIntervalMs } = await store.progress(source.id)
    emit({
      kind: 'synced',
      source: source.id,
      added: tally.added - before.added,
      changed: tally.changed - before.changed,
      requests: tally.requests - before.requests,
      pollIntervalMs: pollIntervalMs ?? source.poll.minPollMs,
    })
  }

  /** Writes down why, so that every process leaves the source alone and the archive can say so. */
  async #fail(step: Step, cause: unknown, failures: number): Promise<number> {
    const error = describeFailure(cause)
    const backoff = backOff(cause, failures, step.now())
    await step.commit({ checkpoints: { backoff }, progress: { lastError: error } })
    step.emit({ kind: 'failed', source: this.source.id, error, retryAt: backoff.until })
    return backoff.until
  }
}
