import { UpstreamError, WaybillError } from '@waybill/core'
import type { SyncError } from '../../store/archive-store.js'

/** What there is to do for a source, the most urgent first. `head` is a poll: what is new. */
export type TaskKind = 'head' | 'changes' | 'recheck' | 'detail' | 'reconcile'

/** How long something that failed is left alone. A plain value: it outlives the process. */
export interface Backoff {
  /** How often it failed in a row. */
  readonly failures: number
  /** When it may be tried again, in milliseconds since the epoch. */
  readonly until: number
}

/** A task that failed, and why. */
export interface FailedTask extends Backoff {
  readonly error: SyncError
}

/** The tasks of a source whose last attempt failed. */
export type FailedTasks = Readonly<Partial<Record<TaskKind, FailedTask>>>

const FIRST_MS = 1000
/** A window must not be left alone for long: what leaves it meanwhile is lost. */
const LONGEST_MS = 60_000
/** What only an operator can mend is tried rarely, but it is: nobody has to restart anything. */
const OPERATOR_MS = 60_000
/** A longer wait is not believed: an upstream that sends a date in place of seconds would be left alone for years. */
const MOST_BELIEVED_MS = 15 * 60_000

/** An error in words that are safe to store and to show. */
export function describeFailure(error: unknown): SyncError {
  if (!(error instanceof WaybillError)) {
    return {
      code: 'INTERNAL_ERROR',
      message: 'The sync failed unexpectedly. The log has the cause.',
      retryAfterSeconds: null,
    }
  }
  const retryAfter = error instanceof UpstreamError ? error.retryAfterSeconds : undefined
  return { code: error.code, message: error.message, retryAfterSeconds: retryAfter ?? null }
}

/** What only a log may have of an error: what was thrown, where that is unexpected, and the upstream's own words. */
export function forLog(error: unknown): { readonly thrown?: unknown; readonly upstreamWords?: string } {
  if (!(error instanceof WaybillError)) return { thrown: error }
  const words = error instanceof UpstreamError ? error.upstreamWords : undefined
  return words === undefined ? {} : { upstreamWords: words }
}

/**
 * When what failed is tried again: twice as late each time, and not before the upstream said, up to what is believed.
 *
 * @param maxWaitMs the longest wait that is believed, in milliseconds
 */
export function backOff(
  error: unknown,
  failures: number,
  now: number,
  maxWaitMs: number = MOST_BELIEVED_MS,
): Backoff {
  const isRetryable = !(error instanceof WaybillError) || error.isRetryable
  const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10))
  const askedMs = (describeFailure(error).retryAfterSeconds ?? 0) * 1000
  const waitMs = Math.min(Math.max(isRetryable ? growing : OPERATOR_MS, askedMs), maxWaitMs)
  return { failures: failures + 1, until: now + waitMs }
}

/** Failures as they are stored. A wait that ends later than any can that is believed is over: it has another origin. */
export function believable(
  failed: FailedTasks,
  now: number,
  maxWaitMs: number = MOST_BELIEVED_MS,
): FailedTasks {
  return Object.fromEntries(
    Object.entries(failed).map(([kind, each]) => [
      kind,
      each.until <= now + maxWaitMs ? each : { ...each, until: now },
    ]),
  )
}

/**
 * Until when a task has to wait because of what failed: for itself, for a poll, without which the rest is of no use, and
 * for anything that was refused as too much.
 */
export function restUntil(failed: FailedTasks, kind: TaskKind): number {
  const waits = Object.entries(failed).flatMap(([each, { until, error }]) =>
    each === kind || each === 'head' || error.code === 'UPSTREAM_RATE_LIMITED' ? [until] : [],
  )
  return Math.max(0, ...waits)
}

/** The failures for which the upstream itself asked to wait. */
export function upstreamWaits(failed: FailedTasks): FailedTasks {
  return Object.fromEntries(Object.entries(failed).filter(([, { error }]) => asksToWait(error)))
}

/** Whether the upstream itself asked to wait. */
export function asksToWait({ code, retryAfterSeconds }: SyncError): boolean {
  return code === 'UPSTREAM_RATE_LIMITED' || retryAfterSeconds !== null
}

/** What keeps some tasks from being done now: the last of the times that an upstream said, and why; null where nothing does. */
export function upstreamWait(
  failed: FailedTasks,
  kinds: readonly TaskKind[],
  now: number,
): { readonly error: SyncError; readonly until: number } | null {
  const told = upstreamWaits(failed)
  const until = Math.max(0, ...kinds.map((kind) => restUntil(told, kind)))
  const reason = Object.values(told).find((each) => each.until === until)
  return until > now && reason !== undefined ? { error: reason.error, until } : null
}

/** Why a source is not up to date; null where it is. Of several errors the one that is retried last. */
export function currentError(failed: FailedTasks): SyncError | null {
  const [latest] = Object.values(failed).toSorted((a, b) => b.until - a.until)
  return latest?.error ?? null
}
