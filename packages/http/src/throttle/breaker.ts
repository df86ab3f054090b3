import { UpstreamError } from '@waybill/core'
import { toSeconds } from '../time/deadline.js'

/** So many failures in a row are no accident: several calls with their retries. */
const MOST_FAILURES = 10
const FIRST_PAUSE_MS = 2000
const LONGEST_PAUSE_MS = 30_000

/**
 * A circuit breaker: pauses requests to an upstream that keeps failing. After ten requests in a row without an answer, or with one of
 * 5xx, nothing is sent for a while. Then one request tries again. If it fails too, the next pause is twice as long, up to 30 seconds.
 * So nobody waits for an answer that will not come, and an overloaded upstream can recover. Times are milliseconds on a clock that
 * never goes back.
 */
export class Breaker {
  #failures = 0
  #pauseMs = 0
  #pauseUntil = 0
  #isTrying = false
  #last: UpstreamError | null = null

  /**
   * Begins a request; {@link Breaker.end} has to follow.
   * @returns whether it is the one that tries whether the upstream answers again
   * @throws UpstreamError the last one, during a pause
   */
  begin(now: number): boolean {
    if (this.#last === null || this.#failures < MOST_FAILURES) return false
    if (now < this.#pauseUntil) throw pausedError(this.#last, this.#pauseUntil - now)
    // The others wait for what comes of the one that tries.
    if (this.#isTrying) throw pausedError(this.#last, FIRST_PAUSE_MS)
    this.#isTrying = true
    return true
  }

  /**
   * @param outcome the error of a request without an answer, or with one that the upstream cannot serve; `unknown`: nobody waited
   *   for it any longer, or it was not sent
   * @returns how long the pause is from now on, in milliseconds, 0 when the upstream answers again; null where nothing has changed
   */
  end(outcome: UpstreamError | 'answered' | 'unknown', isTrial: boolean, now: number): number | null {
    if (isTrial) this.#isTrying = false
    if (outcome === 'unknown') return null
    const wasPaused = this.#failures >= MOST_FAILURES
    if (outcome === 'answered') {
      this.#failures = 0
      this.#pauseMs = 0
      return wasPaused ? 0 : null
    }
    this.#failures += 1
    this.#last = outcome
    // Those that were in progress when the pause began say nothing new.
    if (this.#failures < MOST_FAILURES || (wasPaused && !isTrial)) return null
    this.#pauseMs = Math.min(LONGEST_PAUSE_MS, this.#pauseMs * 2 || FIRST_PAUSE_MS)
    this.#pauseUntil = now + this.#pauseMs
    return this.#pauseMs
  }
}

function pausedError(last: UpstreamError, pauseMs: number): UpstreamError {
  const retryAfterSeconds = toSeconds(pauseMs)
  const message = `${last.message} It failed ${MOST_FAILURES} times in a row, so requests are paused: the next one is sent in ${retryAfterSeconds} s.`
  const { source, status } = last
  return new UpstreamError(last.code, message, {
    source,
    status,
    retryAfterSeconds,
    isPermanent: !last.isRetryable,
  })
}
