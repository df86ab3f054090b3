import { setTimeout as wait } from 'node:timers/promises'
import { UpstreamError, WaybillError } from '@waybill/core'

const MAX_RETRIES = 5
const LONGEST_WAIT_MS = 60_000

export interface RetryOptions {
  /** How often in a row it is tried again. Default 5. */
  readonly maxRetries?: number | undefined
  /** Called with the error and the wait before each such try. What it throws ends the trying. */
  readonly onRetry?: ((error: WaybillError, waitMs: number) => void) | undefined
  /** Ends the waiting. */
  readonly signal: AbortSignal
}

/**
 * Tries again after an error that may pass by itself, so that long work outlives a restart or a rate limit. Waits one
 * second, then two, four and so on, or as long as the upstream asks for; a minute at most.
 * @throws the last error; an error that does not pass by itself at once; the signal's reason.
 */
export async function withRetries<Value>(
  read: () => Promise<Value>,
  { maxRetries = MAX_RETRIES, onRetry, signal }: RetryOptions,
): Promise<Value> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof WaybillError) || !error.isRetryable || retries === maxRetries) throw error
      const waitMs = waitBefore(error, retries)
      onRetry?.(error, waitMs)
      await wait(waitMs, undefined, { signal })
    }
  }
}

function waitBefore(error: WaybillError, retries: number): number {
  const asked = error instanceof UpstreamError ? (error.retryAfterSeconds ?? 0) : 0
  return Math.min(Math.max(asked * 1000, 1000 * 2 ** retries), LONGEST_WAIT_MS)
}
