import type { WaitReason } from '../step/event.js'
import type { TaskKind } from '../step/failure.js'

/** What to do now, or when to choose again. */
export interface Choice {
  /** Null where nothing is to be done now. */
  readonly task: Task | null
  /** When something is, in milliseconds since the epoch; infinite where nothing is at all. */
  readonly at: number
  /** What that is waited for. */
  readonly waitsFor: WaitReason
}

/**
 * Takes turns among the tasks: the one that was done longest ago comes first, and waits for its share of the rate limit
 * while nothing else uses it up. So no task is postponed for good, however slow the source is and however low its limit.
 * Only an urgent task jumps the queue: what leaves a window unseen is lost.
 *
 * @param tasks the most urgent first, which decides between those that were never done
 * @param lastTurn the number of the turn in which a kind of task was done last, by kind
 */
export function chooseTask(
  tasks: readonly Task[],
  now: number,
  lastTurn: ReadonlyMap<TaskKind, number>,
): Choice {
  const ready = tasks.filter((task) => Math.max(task.wantedAt, task.restUntil) <= now)
  const turnOf = ({ kind }: Task): number => lastTurn.get(kind) ?? -1
  const [next] = ready.toSorted((a, b) => turnOf(a) - turnOf(b))
  const task = ready.find(({ urgentAt, freeAt }) => urgentAt <= now && freeAt <= now) ?? next
  if (task !== undefined && task.freeAt <= now) return { task, at: now, waitsFor: 'schedule' }
  // Until then another one may become ready, or urgent.
  const waits = tasks.map((each): Omit<Choice, 'task'> => {
    if (each === task || !ready.includes(each)) return { at: dueAt(each), waitsFor: reasonOf(each) }
    return { at: Math.max(each.urgentAt, each.freeAt), waitsFor: 'rate-limit' }
  })
  const [soonest = NEVER] = waits.toSorted((a, b) => a.at - b.at)
  return { task: null, ...soonest }
}

const NEVER: Omit<Choice, 'task'> = { at: Number.POSITIVE_INFINITY, waitsFor: 'schedule' }

function reasonOf({ wantedAt, restUntil, freeAt }: Task): WaitReason {
  if (freeAt > Math.max(wantedAt, restUntil)) return 'rate-limit'
  return restUntil > wantedAt ? 'retry' : 'schedule'
}

/** Something to do for a source. Times are milliseconds since the epoch. */
export interface Task {
  readonly kind: TaskKind
  /** Since when, or from when on, there is something to do. */
  readonly wantedAt: number
  /** Not before: after a failure it is left alone for a while. */
  readonly restUntil: number
  /** When its share of the rate limit is free. */
  readonly freeAt: number
  /** When it may be put off no longer; infinite for what can wait. */
  readonly urgentAt: number
}

/** When a task may be begun, in milliseconds since the epoch. */
function dueAt({ wantedAt, restUntil, freeAt }: Task): number {
  return Math.max(wantedAt, restUntil, freeAt)
}
