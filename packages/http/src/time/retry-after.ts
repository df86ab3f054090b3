const DELTA_SECONDS = /^\d+(?:\.\d+)?$/
const DAYS = 'Mon|Tue|Wed|Thu|Fri|Sat|Sun'
const MONTHS = 'Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec'
const TIME = String.raw`\d\d:\d\d:\d\d`

/** The three notations that RFC 9110, section 5.6.7, wants understood; `Date.parse` alone takes nearly any text. */
const IMF_FIXDATE = new RegExp(`^(?:${DAYS}), \\d\\d (?:${MONTHS}) \\d{4} ${TIME} GMT$`)
const RFC_850 = new RegExp(`^(?:${DAYS})[a-z]*, \\d\\d-(?:${MONTHS})-\\d\\d ${TIME} GMT$`)
const ASCTIME = new RegExp(`^(?:${DAYS}) (?:${MONTHS}) [ \\d]\\d ${TIME} \\d{4}$`)

/** Keeps the result within what a 32-bit integer of seconds can say. */
const LONGEST_MS = (2 ** 31 - 1) * 1000

/**
 * How long a `Retry-After` header asks to wait from `now` (milliseconds since the epoch), in milliseconds;
 * null where there is none or it cannot be understood. A date that has passed is 0.
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
