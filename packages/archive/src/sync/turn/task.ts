/** What there is to do for a source, the most urgent first. `head` is a poll: what is new. */
export type TaskKind = 'head' | 'changes' | 'settle' | 'reconcile'

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
export function dueAt({ wantedAt, restUntil, freeAt }: Task): number {
  return Math.max(wantedAt, restUntil, freeAt)
}
