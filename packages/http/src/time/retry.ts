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
  /** The wait that the upstream requested; null where it requested none. */
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

const DELTA_SECONDS = /^\d+(?:\.\d+)?$/
const DAYS = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun'
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const TIME = String.raw`\d\d:\d\d:\d\d`

/** The three notations that RFC 9110, section 5.6.7, wants understood; `Date.parse` alone takes nearly any text. */
const IMF_FIXDATE = new RegExp(`^(?:${DAYS}), \\d\\d (?:${MONTHS}) \\d{4} ${TIME} GMT$`)
const RFC_850 = new RegExp(`^(?:${DAYS})[a-z]*, \\d\\d-(?:${MONTHS})-\\d\\d ${TIME} GMT$`)
const ASCTIME = new RegExp(`^(?:${DAYS}) (?:${MONTHS}) [ \\d]\\d ${TIME} \\d{4}$`)

/** Keeps the result within a 32-bit integer of seconds. */
const LONGEST_MS = (2 ** 31 - 1) * 1000

/**
 * How long a `Retry-After` header asks to wait from `now` (milliseconds since the epoch), in milliseconds;
 * null if it is absent or cannot be read. A date that has passed is 0.
 */
export function parseRetryAfter(value: string | null, now: number): number | null {
  const text = value?.trim() ?? ''
  const ms = DELTA_SECONDS.test(text) ? Number(text) * 1000 : parseHttpDate(text) - now
  return Number.isNaN(ms) ? null : Math.min(Math.max(ms, 0), LONGEST_MS)
}

/** Milliseconds since the epoch; NaN for what is no HTTP date. */
export function parseHttpDate(text: string): number {
  if (IMF_FIXDATE.test(text) || RFC_850.test(text)) return Date.parse(text)
  return ASCTIME.test(text) ? Date.parse(`${text} GMT`) : NaN
}
