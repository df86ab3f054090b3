import { createEngine } from '@waybill/engine'
import type { CallOptions, MessageProvider } from '@waybill/core'
import type { ArchiveStore } from '../../store/archive-store.js'
import { type Lease, LeaseLost } from '../../store/lease.js'
import type { StepCounts, SyncListener, WaitReason } from '../step/event.js'
import {
  backOff,
  describeFailure,
  type FailedTasks,
  restUntil,
  currentError,
  type TaskKind,
  upstreamWaits,
  forLog,
} from '../step/failure.js'
import { Pace } from '../step/pace.js'
import { syncChanges } from '../page/changes.js'
import { syncHead } from '../page/poll-head.js'
import { reconcile } from '../page/reconcile.js'
import { fetchDetails } from '../recheck/details.js'
import { recheckMessages } from '../recheck/recheck.js'
import { Step, type StepTools } from '../step/step.js'
import type { SyncSource } from '../step/sync-source.js'
import { type DueTasks, readDueTasks } from './due-tasks.js'
import { inSyncSpan } from './sync-span.js'
import { type Choice, chooseTask, type Task } from './choose-task.js'
import { syncWindow } from '../window/window-sync.js'

/** The result of a stretch of work. */
export interface WorkDone {
  readonly tally: StepCounts
  /** When the next task is due, in milliseconds since the epoch. */
  readonly nextAt: number
  /** What that is waited for. */
  readonly waitsFor: WaitReason
  /** Why the last step failed; null where none did. */
  readonly error: unknown
}

/** How long a stretch of work goes on, and with what. */
export interface WorkBounds {
  /** No step is begun after that, in milliseconds since the epoch. */
  readonly until: number
  /** Default: everything that is due. */
  readonly only?: readonly TaskKind[] | undefined
  /** A poll is due if the last one was before that, in milliseconds since the epoch, however long its interval. */
  readonly polledSince?: number | undefined
  /** Whether what failed is tried again at once, unless the upstream said when; default: it is left alone for a while. */
  readonly isInsistent?: boolean | undefined
}

/** The sync of one source, in this process. It works under a lease, and reads its tasks from the archive. */
export class SourceSync {
  readonly source: SyncSource
  readonly #tools: StepTools
  /** The number of the turn in which each kind of task was done last. */
  readonly #lastTurn = new Map<TaskKind, number>()
  #turns = 0

  constructor(source: SyncSource, store: ArchiveStore, now: () => number, emit: SyncListener) {
    this.source = source
    const pace = new Pace(source.rateLimit)
    const detailPace = new Pace(source.rateLimit, source.detailShare ?? DETAIL_SHARE)
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
      detailPace,
      now,
      emit,
      requests: () => requests,
    }
  }

  /** What has to be done, read from the archive. */
  async dueTasks(): Promise<DueTasks> {
    return readDueTasks(this.#tools)
  }

  /** When there is something to do, and what that is waited for. */
  async next(): Promise<Pick<Choice, 'at' | 'waitsFor'>> {
    const { tasks } = await this.dueTasks()
    return this.#choose(tasks)
  }

  /**
   * Does what is due, step by step, until nothing is or the time is up. What fails is left alone for a while, which is
   * not thrown.
   *
   * @throws LeaseLost; WaybillError ARCHIVE_UNAVAILABLE; the signal's reason when it is aborted
   */
  async work(lease: Lease, signal: AbortSignal, bounds: WorkBounds): Promise<WorkDone> {
    const step = new Step(this.#tools, lease, signal)
    let last: TaskKind | null = null
    for (;;) {
      signal.throwIfAborted()
      const due = await this.dueTasks()
      const { task } = this.#choose(this.#allowed(due, bounds))
      if (task === null || this.#tools.now() >= bounds.until) {
        const { at: nextAt, waitsFor } = this.#choose(due.tasks)
        return { tally: step.tally, nextAt, waitsFor, error: null }
      }
      const { kind } = task
      if (kind !== last) step.refresh()
      last = kind
      this.#lastTurn.set(kind, (this.#turns += 1))
      try {
        await inSyncSpan(kind, this.source.id, () => this.#do(kind, step, due))
      } catch (error) {
        signal.throwIfAborted()
        if (error instanceof LeaseLost) throw error
        await this.#fail(kind, step, error, due.failed)
        const { at: nextAt, waitsFor } = await this.next()
        return { tally: step.tally, nextAt, waitsFor, error }
      }
    }
  }

  #choose(tasks: readonly Task[]): Choice {
    return chooseTask(tasks, this.#tools.now(), this.#lastTurn)
  }

  #allowed(
    { tasks, polledAt, failed }: DueTasks,
    { only, polledSince = 0, isInsistent = false }: WorkBounds,
  ): Task[] {
    const now = this.#tools.now()
    const isStale = polledAt === null || polledAt < polledSince
    const told = upstreamWaits(failed)
    return tasks
      .filter(({ kind }) => only?.includes(kind) !== false)
      .map((task) => ({
        ...task,
        wantedAt: isStale && task.kind === 'head' ? Math.min(task.wantedAt, now) : task.wantedAt,
        restUntil: isInsistent ? restUntil(told, task.kind) : task.restUntil,
      }))
  }

  async #do(kind: TaskKind, step: Step, { tasks, plan, failed }: DueTasks): Promise<void> {
    const { paging } = this.source.provider.capabilities
    const before = step.tally
    if (kind === 'head' && paging.kind === 'window') await syncWindow(step, paging)
    else if (kind === 'head') await syncHead(step, plan)
    else if (kind === 'changes') await syncChanges(step, plan)
    else if (kind === 'reconcile') await reconcile(step, plan)
    else if (kind === 'detail') await fetchDetails(step, freeForDetails(step))
    else await recheckMessages(step, Math.max(1, step.pace.free(step.now())))
    if (Object.keys(failed).length > 0) {
      const planned = new Set(tasks.map((task) => task.kind))
      await this.#keepFailed(
        step,
        Object.fromEntries(
          Object.entries(failed).filter(([each]) => each !== kind && planned.has(each as TaskKind)),
        ),
      )
    }
    await this.#say(kind, step, before)
  }

  async #say(kind: TaskKind, step: Step, before: StepCounts): Promise<void> {
    const { id: source, poll } = this.source
    const counts = step.since(before)
    if (kind === 'changes') step.emit({ kind, source, ...counts })
    if (kind !== 'head') return
    const { pollIntervalMs } = await step.store.progress(source)
    step.emit({ kind: 'synced', source, ...counts, pollIntervalMs: pollIntervalMs ?? poll.minPollMs })
  }

  /** Writes down why, so that every process leaves the source alone and the archive can say so. */
  async #fail(kind: TaskKind, step: Step, cause: unknown, failed: FailedTasks): Promise<void> {
    const error = describeFailure(cause)
    const backoff = backOff(cause, failed[kind]?.failures ?? 0, step.now(), this.source.maxWaitMs)
    await this.#keepFailed(step, { ...failed, [kind]: { ...backoff, error } })
    const { id: source } = this.source
    step.emit({ kind: 'failed', source, error, ...forLog(cause), retryAt: backoff.until })
  }

  async #keepFailed(step: Step, failed: FailedTasks): Promise<void> {
    const isWell = Object.keys(failed).length === 0
    await step.commit({
      checkpoints: { failed: isWell ? null : failed },
      progress: { lastError: currentError(failed) },
    })
  }
}

const DETAIL_SHARE = 0.25

function freeForDetails(step: Step): number {
  const now = step.now()
  return Math.max(1, Math.min(step.pace.free(now), step.detailPace.free(now)))
}

/** A provider like the given one, which tells of every HTTP request before it goes out. */
function countedProvider(provider: MessageProvider, onRequest: () => void): MessageProvider {
  const counted = (call: CallOptions = {}): CallOptions => ({
    ...call,
    isSync: true,
    beforeAttempt: () => {
      call.beforeAttempt?.()
      onRequest()
    },
  })
  const single = provider.get?.bind(provider)
  return {
    name: provider.name,
    capabilities: provider.capabilities,
    list: async (request, call) => provider.list(request, counted(call)),
    ...(single === undefined ? {} : { get: async (id, call) => single(id, counted(call)) }),
  }
}
