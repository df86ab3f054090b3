import { setTimeout as wait } from 'node:timers/promises'
import { UpstreamError, WaybillError } from '@waybill/core'

/** How often in a row the same work is tried again, unless a caller says otherwise. */
export const USUAL_RETRIES = 5
const LONGEST_WAIT_MS = 60_000

/** How work is tried again. */
export interface Patience {
  readonly maxRetries: number
  readonly signal: AbortSignal
  /** Called with the error and the wait before each try. */
  readonly onRetry: (error: WaybillError, waitMs: number) => void
}

/**
 * Does work again, a few times and ever later, where its error may pass by itself: so that long work outlives a restart or
 * a rate limit.
 *
 * @throws the last error.
 */
export async function patiently<Value>(
  work: () => Promise<Value>,
  { maxRetries, signal, onRetry }: Patience,
): Promise<Value> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof WaybillError) || !error.info.retryable || retries === maxRetries) throw error
      const asked = error instanceof UpstreamError ? (error.retryAfterSeconds ?? 0) : 0
      const waitMs = Math.min(Math.max(asked * 1000, 1000 * 2 ** retries), LONGEST_WAIT_MS)
      onRetry(error, waitMs)
      await wait(waitMs, undefined, { signal })
    }
  }
}
