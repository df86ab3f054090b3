const FIRST_CEILING_MS = 250
const LAST_CEILING_MS = 8000

/**
 * Exponential back-off with full jitter: anything from 0 to 250 ms, 500 ms, 1 s … 8 s, so that clients which failed
 * together do not come back together.
 * @param retry Number of the retry, from 1.
 * @param random From 0 (included) to 1 (not included).
 */
export function backoffMs(retry: number, random: number): number {
  return random * Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** (retry - 1))
}

/** What decides on a retry. */
export interface RetrySituation {
  /** Whether trying again can help and cannot harm. */
  readonly retryable: boolean
  /** How long the upstream asked to be left alone; null where it did not. */
  readonly retryAfterMs: number | null
  /** Number of the retry that would follow, from 1. */
  readonly retry: number
  /** How many are allowed. */
  readonly retries: number
  /** What is left of the call's budget. */
  readonly remainingMs: number
  /** From 0 (included) to 1 (not included). */
  readonly random: number
}

/** How long to wait before the next try; null to give up now, because another try is not allowed or comes too late. */
export function planRetry(situation: RetrySituation): number | null {
  const { retryAfterMs, retry, retries } = situation
  if (!situation.retryable || retry > retries) return null
  // A Retry-After of zero, or a date gone by, is no leave to send at once again and again.
  const waitMs = retryAfterMs ? retryAfterMs : backoffMs(retry, situation.random)
  return waitMs < situation.remainingMs ? waitMs : null
}
