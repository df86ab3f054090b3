import type { ReconcileSettings } from '../step/sync-source.js'
import {
  ALL_EVERY_MS,
  CERTAIN_MISCOUNTS,
  SUSPECT_AFTER_MS,
  LONGEST_WAIT_MS,
  MISCOUNT_AFTER_MS,
  RECENT_EVERY_MS,
  RECENT_MS,
  UNCOUNTED_TIMES,
} from './constants.js'
import type { Reading } from './reading.js'

/** What is known of how far the archive equals the list, and so what is to be compared again. A plain value. */
export interface ReconcilePlan {
  /** When the first comparison of everything ended, in milliseconds since the epoch; null before. */
  readonly filledAt: number | null
  /** When the last one ended, whatever it compared. */
  readonly endedAt: number
  /** When the last one of the recent days began, and the last one of everything. */
  readonly recentAt: number
  readonly allAt: number
  /** How often in a row a comparison of a suspect span found nothing wrong, or was not certain itself: the next one waits longer. */
  readonly idle: number
  /** What may be missing or stale; null where nothing is known to be. */
  readonly suspect: SuspectSpan | null
  /** How often in a row the source counted otherwise than the archive. */
  readonly miscounts: number
  /** Whether the source counts; null where it was not asked yet. */
  readonly isCounted: boolean | null
  /** Whether the lists by direction are known not to be all, so that the plain list has to be compared. */
  readonly isPlain: boolean
}

/** Something that was sent since then may be missing or stale. Times are milliseconds since the epoch. */
export interface SuspectSpan {
  readonly from: number
  /** When that was found. */
  readonly at: number
}

export function beginPlan(now: number): ReconcilePlan {
  return {
    filledAt: null,
    endedAt: now,
    recentAt: now,
    allAt: now,
    idle: 0,
    suspect: null,
    miscounts: 0,
    isCounted: null,
    isPlain: false,
  }
}

/** Which comparison is due next: everything that was sent since `from`, at a time, in milliseconds since the epoch. */
export interface DueReconcile {
  readonly from: number
  readonly at: number
  readonly isPlain: boolean
}

/** Of several that are due the widest, since it proves what the others would. */
export function nextReconcile(
  plan: ReconcilePlan,
  settings: ReconcileSettings | undefined,
  now: number,
): DueReconcile {
  const { endedAt, recentAt, allAt, idle, suspect, miscounts, isCounted, isPlain } = plan
  if (plan.filledAt === null) return { from: 0, at: 0, isPlain: false }
  const { recentMs = RECENT_MS, recentEveryMs = RECENT_EVERY_MS, allEveryMs = ALL_EVERY_MS } = settings ?? {}
  const wait = (firstMs: number): number => Math.min(LONGEST_WAIT_MS, firstMs * 2 ** idle)
  const allAfterMs = isCounted === false ? allEveryMs / UNCOUNTED_TIMES : allEveryMs
  const recentFrom = Math.max(0, now - recentMs)
  const isDeep = suspect !== null && suspect.from < recentFrom
  const planned: DueReconcile[] = [
    // Now and then by direction as well: what those lists lack may be there by now.
    { from: 0, at: allAt + allAfterMs, isPlain: false },
    { from: recentFrom, at: recentAt + recentEveryMs, isPlain },
    ...(miscounts >= CERTAIN_MISCOUNTS ? [{ from: 0, at: allAt + wait(MISCOUNT_AFTER_MS), isPlain }] : []),
    ...(isDeep ? [{ from: 0, at: allAt + wait(SUSPECT_AFTER_MS), isPlain }] : []),
    ...(suspect !== null && !isDeep
      ? [{ from: suspect.from, at: endedAt + wait(SUSPECT_AFTER_MS), isPlain }]
      : []),
  ]
  const due = planned.filter(({ at }) => at <= now).toSorted((a, b) => a.from - b.from)
  const [first] = due.length > 0 ? due : planned.toSorted((a, b) => a.at - b.at)
  return first ?? { from: 0, at: now, isPlain }
}

/** What is known once a comparison has ended. */
export function endReconcile(
  plan: ReconcilePlan,
  { from, begunAt, found, losses, isPlain }: Reading,
  settings: ReconcileSettings | undefined,
  now: number,
): ReconcilePlan {
  const isCertain = losses.length === 0
  const hadReason = plan.suspect !== null || plan.miscounts >= CERTAIN_MISCOUNTS
  const isSettled =
    isCertain && plan.suspect !== null && from <= plan.suspect.from && plan.suspect.at <= begunAt
  const after = isCertain ? plan : noteSuspect(plan, { from, at: now })
  return {
    ...after,
    suspect: isSettled ? null : after.suspect,
    filledAt: plan.filledAt ?? now,
    endedAt: now,
    recentAt: from <= begunAt - (settings?.recentMs ?? RECENT_MS) ? begunAt : plan.recentAt,
    allAt: from === 0 ? begunAt : plan.allAt,
    idle: plan.filledAt === null || (isCertain && found > 0) ? 0 : plan.idle + (hadReason ? 1 : 0),
    miscounts: from === 0 ? 0 : plan.miscounts,
    // Perhaps it counts by now.
    isCounted: plan.isCounted === false ? null : plan.isCounted,
    isPlain: isPlain ? plan.isPlain : !isCertain && losses.every(({ field }) => field === 'direction'),
  }
}

/** Something may be missing or stale. */
export function noteSuspect(plan: ReconcilePlan, { from, at }: SuspectSpan): ReconcilePlan {
  return { ...plan, suspect: { from: Math.max(0, Math.min(from, plan.suspect?.from ?? from)), at } }
}

/**
 * What the source counts, against what is stored of it.
 *
 * @param total null where it does not count
 */
export function noteCount(plan: ReconcilePlan, total: number | null, stored: number): ReconcilePlan {
  if (total === null) return { ...plan, isCounted: false }
  return { ...plan, isCounted: true, miscounts: total === stored ? 0 : plan.miscounts + 1 }
}
