import { readCheckpoint } from '../step/checkpoint.js'
import { believable, type FailedTasks, restUntil, type TaskKind } from '../step/failure.js'
import type { Sent } from '../step/pace.js'
import type { ChangesState } from '../page/changes.js'
import { RECONCILE_REQUESTS } from '../page/constants.js'
import type { HeadState } from '../page/poll-head.js'
import { tellsChanges } from '../page/list-page.js'
import type { Reading } from '../page/reading.js'
import { nextReconcile, type ReconcilePlan } from '../page/reconcile-plan.js'
import { MOST_ASKED } from '../recheck/single-requests.js'
import type { StepTools } from '../step/step.js'
import { halfReplacedAt } from '../window/window-traffic.js'
import type { KeptWindow } from '../window/cut-off.js'
import type { Task } from './choose-task.js'

/** What has to be done for a source, read from the archive. */
export interface DueTasks {
  readonly tasks: readonly Task[]
  /** When the source was last polled, in milliseconds since the epoch; null before the first time. */
  readonly polledAt: number | null
  readonly plan: ReconcilePlan | null
  readonly failed: FailedTasks
}

/** Reads from the archive what has to be done for a source, and when. */
export async function readDueTasks(tools: StepTools): Promise<DueTasks> {
  const { source, store, pace, detailPace, now } = tools
  const stored = (await readCheckpoint<FailedTasks>(store, source.id, 'failed')) ?? {}
  const failed = believable(stored, now(), source.maxWaitMs)
  if (source.rateLimit !== undefined) {
    pace.restore((await readCheckpoint<Sent[]>(store, source.id, 'pace')) ?? [], now())
    detailPace.restore((await readCheckpoint<Sent[]>(store, source.id, 'detail-pace')) ?? [], now())
  }
  const isWindow = source.provider.capabilities.paging.kind === 'window'
  const { wanted, urgentAt, polledAt, plan } = await (isWindow ? windowTasks(tools) : pageTasks(tools))
  if (source.provider.get !== undefined) {
    wanted.set('recheck', await store.nextDue(source.id))
    if (source.detailShare !== 0) wanted.set('detail', await store.nextWantedDetail(source.id))
  }
  const tasks = ORDER.flatMap((kind): Task[] => {
    const wantedAt = wanted.get(kind) ?? NEVER
    if (wantedAt === NEVER) return []
    return [
      {
        kind,
        wantedAt,
        restUntil: restUntil(failed, kind),
        freeAt: Math.max(
          pace.freeAt(REQUESTS[kind], now()),
          kind === 'detail' ? detailPace.freeAt(MOST_ASKED, now()) : 0,
        ),
        urgentAt: kind === 'head' ? urgentAt : NEVER,
      },
    ]
  })
  return { tasks, polledAt, plan, failed }
}

const NEVER = Number.POSITIVE_INFINITY

const ORDER: readonly TaskKind[] = ['head', 'changes', 'recheck', 'detail', 'reconcile']

/** How many requests have to be free before a step is begun. */
const REQUESTS: Readonly<Record<TaskKind, number>> = {
  head: 1,
  changes: 1,
  recheck: MOST_ASKED,
  detail: MOST_ASKED,
  reconcile: RECONCILE_REQUESTS,
}

interface Wanted {
  readonly wanted: Map<TaskKind, number | null>
  /** When a poll may be put off no longer. */
  readonly urgentAt: number
  readonly polledAt: number | null
  readonly plan: ReconcilePlan | null
}

async function windowTasks(tools: StepTools): Promise<Wanted> {
  const { source, store, now } = tools
  const kept = await readCheckpoint<KeptWindow>(store, source.id, 'window')
  const polledAt = kept?.polledAt ?? null
  const wanted = new Map([['head' as const, await nextPollAt(tools, polledAt)]])
  const urgentAt = polledAt === null ? 0 : await halfReplacedAt(store, source, polledAt, now())
  return { wanted, urgentAt, polledAt, plan: null }
}

async function pageTasks(tools: StepTools): Promise<Wanted> {
  const { source, store } = tools
  const plan = await readCheckpoint<ReconcilePlan>(store, source.id, 'reconcile-plan')
  const head = await readCheckpoint<HeadState>(store, source.id, 'head')
  const polledAt = head?.polledAt ?? null
  const wanted = new Map<TaskKind, number | null>()
  const due: Wanted = { wanted, urgentAt: NEVER, polledAt, plan }
  wanted.set('head', (head?.catchUp ?? null) === null ? await nextPollAt(tools, polledAt) : 0)
  if (head === null) return due
  const changes = await readCheckpoint<ChangesState>(store, source.id, 'changes')
  if (tellsChanges(source.provider.capabilities)) {
    const isUnderWay = changes === null || changes.running !== null
    const isFollowed = !isUnderWay && isPast(changes.begunAt, tools) && changes.begunAt >= head.polledAt
    wanted.set('changes', isFollowed ? null : 0)
    // The first comparison begins behind it: what changes from then on is met by the next pass over the changes.
    if (changes === null) return due
  }
  const running = await readCheckpoint<Reading>(store, source.id, 'reconcile')
  const isUnderWay = running !== null || plan === null
  wanted.set('reconcile', isUnderWay ? 0 : nextReconcile(plan, source.reconcile, tools.now()).at)
  return due
}

/** A clock that was set back, or another machine's, must not keep a source waiting until it has caught up. */
function isPast(time: number, { now }: StepTools): boolean {
  return time <= now()
}

async function nextPollAt(tools: StepTools, polledAt: number | null): Promise<number> {
  if (polledAt === null || !isPast(polledAt, tools)) return 0
  const { source, store } = tools
  return polledAt + ((await store.progress(source.id)).pollIntervalMs ?? source.poll.minPollMs)
}
