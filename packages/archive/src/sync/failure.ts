import { UpstreamError, WaybillError } from '@waybill/core'
import type { SyncError } from '../store/progress.js'

/** How a failing source is left alone. A plain value: it outlives the process. */
export interface Backoff {
  /** How many steps failed in a row. */
  readonly failures: number
  /** Until when, in milliseconds since the epoch. */
  readonly until: number
}

const FIRST_MS = 1000
/** A window must not be left alone for long: what leaves it meanwhile is lost. */
const LONGEST_MS = 60_000
/** What only an operator can mend is tried rarely, but it is: nobody has to restart anything. */
const OPERATOR_MS = 60_000

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

/** When a step that failed is tried again: twice as late each time, and never before the upstream said. */
export function backOff(error: unknown, failures: number, now: number): Backoff {
  const isRetryable = !(error instanceof WaybillError) || error.info.retryable
  const growing = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures, 10))
  const told = describeFailure(error).retryAfterSeconds ?? 0
  return { failures: failures + 1, until: now + Math.max(isRetryable ? growing : OPERATOR_MS, told * 1000) }
}
