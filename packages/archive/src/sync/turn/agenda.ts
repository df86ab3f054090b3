import { readCheckpoint } from '../checkpoint.js'
import { type FailedTasks, restUntil } from '../failure.js'
import { tellsChanges } from '../page/capabilities.js'
import type { Sent } from '../pace.js'
import { type HistoryState, sweepDueAt } from '../page/history-state.js'
import type { PassState } from '../page/pass-state.js'
import { REQUESTS_A_STEP } from '../page/traversal.js'
import type { TraversalState } from '../page/traversal-state.js'
import { MOST_ASKED } from '../settle/settle.js'
import type { StepTools } from '../step.js'
import { halfReplacedAt } from '../window/half-replaced.js'
import type { SeenWindow } from '../window/judge-window.js'
import type { Task, TaskKind } from './task.js'

/** What there is to do, as it stands in the archive. */
export interface Agenda {
  readonly tasks: readonly Task[]
  /** When the source was last polled, in milliseconds since the epoch; null before the first time. */
  readonly polledAt: number | null
  readonly history: HistoryState | null
  readonly failed: FailedTasks
}

/** Reads from the archive what there is to do for a source, and when. */
export async function readAgenda(tools: StepTools): Promise<Agenda> {
  const { source, store, pace, now } = tools
  const failed = (await readCheckpoint<FailedTasks>(store, source.id, 'failed')) ?? {}
  if (source.rateLimit !== undefined) {
    pace.hear((await readCheckpoint<Sent[]>(store, source.id, 'pace')) ?? [], now())
  }
  const isWindow = source.provider.capabilities.paging.kind === 'window'
  const { wanted, urgentAt, polledAt, history } = await (isWindow ? windowAgenda(tools) : pageAgenda(tools))
  if (source.provider.get !== undefined) wanted.set('settle', await store.nextDue(source.id))
  const tasks = ORDER.flatMap((kind): Task[] => {
    const wantedAt = wanted.get(kind) ?? NEVER
    if (wantedAt === NEVER) return []
    return [
      {
        kind,
        wantedAt,
        restUntil: restUntil(failed, kind),
        freeAt: pace.freeAt(REQUESTS[kind], now()),
        urgentAt: kind === 'head' ? urgentAt : NEVER,
      },
    ]
  })
  return { tasks, polledAt, history, failed }
}

const NEVER = Number.POSITIVE_INFINITY

const ORDER: readonly TaskKind[] = ['head', 'changes', 'settle', 'traversal']

/** How many requests have to be free before a step is begun. */
const REQUESTS: Readonly<Record<TaskKind, number>> = {
  head: 1,
  changes: 1,
  settle: MOST_ASKED,
  traversal: REQUESTS_A_STEP,
}

interface Wanted {
  readonly wanted: Map<TaskKind, number | null>
  /** When a poll may be put off no longer. */
  readonly urgentAt: number
  readonly polledAt: number | null
  readonly history: HistoryState | null
}

async function windowAgenda(tools: StepTools): Promise<Wanted> {
  const { source, store, now } = tools
  const seen = await readCheckpoint<SeenWindow>(store, source.id, 'window')
  const polledAt = seen?.polledAt ?? null
  const wanted = new Map([['head' as const, await nextPollAt(tools, polledAt)]])
  const urgentAt = polledAt === null ? 0 : await halfReplacedAt(store, source, polledAt, now())
  return { wanted, urgentAt, polledAt, history: null }
}

async function pageAgenda(tools: StepTools): Promise<Wanted> {
  const { source, store } = tools
  const history = await readCheckpoint<HistoryState>(store, source.id, 'history')
  const head = await readCheckpoint<PassState>(store, source.id, 'head')
  const polledAt = head?.begunAt ?? null
  const wanted = new Map<TaskKind, number | null>()
  const agenda: Wanted = { wanted, urgentAt: NEVER, polledAt, history }
  wanted.set('head', (head?.running ?? null) === null ? await nextPollAt(tools, polledAt) : 0)
  if (head === null) return agenda
  const changes = await readCheckpoint<PassState>(store, source.id, 'changes')
  if (tellsChanges(source.provider.capabilities)) {
    const isUnderWay = changes === null || changes.running !== null
    const isFollowed = !isUnderWay && isPast(changes.begunAt, tools) && changes.begunAt >= head.begunAt
    wanted.set('changes', isFollowed ? null : 0)
    // The back-fill begins behind it: what changes from then on is met by the next pass over the changes.
    if (changes === null) return agenda
  }
  const running = await readCheckpoint<TraversalState>(store, source.id, 'traversal')
  const isUnfinished = running !== null || history === null || history.filledAt === null
  wanted.set('traversal', isUnfinished ? 0 : sweepDueAt(history))
  return agenda
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
