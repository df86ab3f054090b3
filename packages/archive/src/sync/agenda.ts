import { readCheckpoint } from './checkpoint.js'
import type { Backoff } from './failure.js'
import { tellsChanges } from './page/capabilities.js'
import { type HistoryState, sweepDueAt } from './page/history-state.js'
import type { PassState } from './page/pass-state.js'
import { REQUESTS_A_STEP } from './page/traversal.js'
import type { TraversalState } from './page/traversal-state.js'
import { MOST_ASKED } from './settle/settle.js'
import type { StepTools } from './step.js'
import type { SeenWindow } from './window/judge-window.js'

/** What there is to do for a source, the most urgent first. `head` is a poll: what is new. */
export type TaskKind = 'head' | 'changes' | 'settle' | 'traversal'

export interface Task {
  readonly kind: TaskKind
  /** Since when, or from when on, there is something to do, in milliseconds since the epoch. */
  readonly wantedAt: number
  /** When it may be done: not before `wantedAt`, the share of the rate limit, and the end of a failing source's rest. */
  readonly dueAt: number
}

/** What there is to do, as it stands in the archive. */
export interface Agenda {
  readonly tasks: readonly Task[]
  /** When the source was last polled, in milliseconds since the epoch; null before the first time. */
  readonly polledAt: number | null
  readonly history: HistoryState | null
  /** How often the last steps failed. */
  readonly failures: number
}

/** Reads from the archive what there is to do for a source, and when. */
export async function readAgenda(tools: StepTools): Promise<Agenda> {
  const { source, store, pace, now } = tools
  const backoff = await readCheckpoint<Backoff>(store, source.id, 'backoff')
  const isWindow = source.provider.capabilities.paging.kind === 'window'
  const { wanted, polledAt, history } = await (isWindow ? windowAgenda(tools) : pageAgenda(tools))
  if (source.provider.get !== undefined) wanted.set('settle', await store.nextDue(source.id))
  const notBefore = backoff?.until ?? 0
  const tasks = ORDER.flatMap((kind): Task[] => {
    const wantedAt = wanted.get(kind) ?? null
    if (wantedAt === null || wantedAt === Number.POSITIVE_INFINITY) return []
    return [{ kind, wantedAt, dueAt: Math.max(wantedAt, pace.freeAt(REQUESTS[kind], now()), notBefore) }]
  })
  return { tasks, polledAt, history, failures: backoff?.failures ?? 0 }
}

/** What is due first, and of what is due together the most urgent; null where there is nothing to do at all. */
export function nextTask(tasks: readonly Task[], now: number): Task | null {
  const soonest = tasks.toSorted((a, b) => a.dueAt - b.dueAt)
  return tasks.find((task) => task.dueAt <= now) ?? soonest[0] ?? null
}

/** The most urgent first: what a window loses while something else is done is lost for good. */
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
  readonly polledAt: number | null
  readonly history: HistoryState | null
}

async function windowAgenda(tools: StepTools): Promise<Wanted> {
  const seen = await readCheckpoint<SeenWindow>(tools.store, tools.source.id, 'window')
  const polledAt = seen?.polledAt ?? null
  return { wanted: new Map([['head', await nextPollAt(tools, polledAt)]]), polledAt, history: null }
}

async function pageAgenda(tools: StepTools): Promise<Wanted> {
  const { source, store } = tools
  const history = await readCheckpoint<HistoryState>(store, source.id, 'history')
  const head = await readCheckpoint<PassState>(store, source.id, 'head')
  const polledAt = head?.begunAt ?? null
  const wanted = new Map<TaskKind, number | null>()
  wanted.set('head', (head?.running ?? null) === null ? await nextPollAt(tools, polledAt) : 0)
  if (head === null) return { wanted, polledAt, history }
  const changes = await readCheckpoint<PassState>(store, source.id, 'changes')
  if (tellsChanges(source.provider.capabilities)) {
    const isUnderWay = changes === null || changes.running !== null
    wanted.set('changes', isUnderWay || changes.begunAt < head.begunAt ? 0 : null)
    // The back-fill begins behind it: what changes from then on is met by the next pass over the changes.
    if (changes === null) return { wanted, polledAt, history }
  }
  const running = await readCheckpoint<TraversalState>(store, source.id, 'traversal')
  const isUnfinished = running !== null || history === null || history.filledAt === null
  wanted.set('traversal', isUnfinished ? 0 : sweepDueAt(history))
  return { wanted, polledAt, history }
}

async function nextPollAt({ source, store }: StepTools, polledAt: number | null): Promise<number> {
  if (polledAt === null) return 0
  return polledAt + ((await store.progress(source.id)).pollIntervalMs ?? source.poll.minPollMs)
}
