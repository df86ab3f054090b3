import { UpstreamError } from '@waybill/core'
import { toSeconds } from '../time/deadline.js'

/** So many failures in a row are no accident: several calls with their retries. */
const MOST_FAILURES = 10
const FIRST_REST_MS = 2000
const LONGEST_REST_MS = 30_000

/**
 * Rests an upstream that keeps failing. After ten requests in a row without an answer, or with one that it cannot serve, nothing is sent
 * for a while; then one request tries again, and if that fails too, the next rest is twice as long, up to 30 seconds. So nobody waits
 * for what will not come, and an upstream that struggles is not kept down. It is handed the time, in milliseconds on a clock that
 * never goes back.
 */
export class Breaker {
  #failures = 0
  #restMs = 0
  #restUntil = 0
  #isTrying = false
  #last: UpstreamError | null = null

  /**
   * Begins a request; {@link Breaker.end} has to follow.
   * @returns whether it is the one that tries whether the upstream answers again
   * @throws UpstreamError the last one, while the upstream rests
   */
  begin(now: number): boolean {
    if (this.#last === null || this.#failures < MOST_FAILURES) return false
    if (now < this.#restUntil) throw restError(this.#last, this.#restUntil - now)
    // The others wait for what comes of the one that tries.
    if (this.#isTrying) throw restError(this.#last, FIRST_REST_MS)
    this.#isTrying = true
    return true
  }

  /**
   * @param outcome the error of a request without an answer, or with one that the upstream cannot serve; `unknown`: nobody waited
   *   for it any longer, or it was not sent
   * @returns how long the upstream rests from now on, in milliseconds, 0 when it answers again; null where nothing has changed
   */
  end(outcome: UpstreamError | 'answered' | 'unknown', isTrial: boolean, now: number): number | null {
    if (isTrial) this.#isTrying = false
    if (outcome === 'unknown') return null
    const wasResting = this.#failures >= MOST_FAILURES
    if (outcome === 'answered') {
      this.#failures = 0
      this.#restMs = 0
      return wasResting ? 0 : null
    }
    this.#failures += 1
    this.#last = outcome
    // Those that were under way when the rest began say nothing new.
    if (this.#failures < MOST_FAILURES || (wasResting && !isTrial)) return null
    this.#restMs = Math.min(LONGEST_REST_MS, this.#restMs * 2 || FIRST_REST_MS)
    this.#restUntil = now + this.#restMs
    return this.#restMs
  }
}

function restError(last: UpstreamError, restMs: number): UpstreamError {
  const retryAfterSeconds = toSeconds(restMs)
  const message = `${last.message} It failed ${MOST_FAILURES} times in a row, so requests are paused: the next one is sent in ${retryAfterSeconds} s.`
  const { source, status } = last
  return new UpstreamError(last.code, message, {
    source,
    status,
    retryAfterSeconds,
    isPermanent: !last.isRetryable,
  })
}
