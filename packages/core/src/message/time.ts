const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/

const EARLIEST = Date.parse('0001-01-01T00:00:00.000Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Reads a point in time in ISO 8601 or RFC 3339: date and time of day, with `T` or a space between them, seconds and
 * their fraction optional, then `Z`, an offset (`+02:00`, `+0200`, `+02`) or nothing, which means UTC.
 * Digits of the fraction after the third are cut off. A date alone is not a point in time.
 *
 * @returns milliseconds since the epoch; null for anything else, also for a day or an hour that no calendar has
 *   (2026-02-30, 24:00, a leap second) and for a time outside the years 0001 to 9999 in UTC.
 *
 * @example parseDateTime('2026-04-24T12:34:56Z') // 1777034096000
 */
export function parseDateTime(text: string): number | null {
  const match = DATE_TIME.exec(text)
  if (match === null) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '0', fraction = '', offset] =
    match
  const date = startOfDay(Number(year), Number(month), Number(day))
  const time = timeOfDay(Number(hour), Number(minute), Number(second))
  const shift = offsetOf(offset ?? 'Z')
  if (date === null || time === null || shift === null) return null
  const value = date + time + Number(fraction.slice(0, 3).padEnd(3, '0')) - shift
  return isWritable(value) ? value : null
}

/**
 * Writes a point in time as `2026-04-24T12:34:56.000Z`, which {@link parseDateTime} reads back.
 *
 * @param value milliseconds since the epoch.
 * @returns null where it is no whole number of milliseconds within the years 0001 to 9999.
 */
export function formatDateTime(value: number): string | null {
  if (!isWritable(value)) return null
  const day = Math.floor(value / DAY_MS)
  // A whole number also to the compiler, which would else call a function for each remainder.
  const time = Math.floor(value - day * DAY_MS)
  const date = dateOf(day)
  const hours = Math.floor(time / 3_600_000)
  const minutes = Math.floor(time / 60_000) % 60
  const seconds = Math.floor(time / 1000) % 60
  const milliseconds = time % 1000
  // One piece. A text put together of pieces makes whoever writes it as JSON take a slower way, for all that is written with it.
  return String.fromCharCode(
    date.charCodeAt(0),
    date.charCodeAt(1),
    date.charCodeAt(2),
    date.charCodeAt(3),
    DASH,
    date.charCodeAt(5),
    date.charCodeAt(6),
    DASH,
    date.charCodeAt(8),
    date.charCodeAt(9),
    LETTER_T,
    tens(hours),
    ones(hours),
    COLON,
    tens(minutes),
    ones(minutes),
    COLON,
    tens(seconds),
    ones(seconds),
    POINT,
    tens(Math.floor(milliseconds / 10)),
    ones(Math.floor(milliseconds / 10)),
    ones(milliseconds),
    LETTER_Z,
  )
}

const DAY_MS = 86_400_000
/** Units of UTF-16. */
const [ZERO, DASH, COLON, POINT, LETTER_T, LETTER_Z] = [48, 45, 58, 46, 84, 90] as const

/** The digits of a number below 100, as units of UTF-16. */
function tens(value: number): number {
  return ZERO + Math.floor(value / 10)
}

function ones(value: number): number {
  return ZERO + (value % 10)
}

/** Lists are ordered by time, so that the day is mostly the one of the time before. */
let [lastDay, lastDate] = [0, '1970-01-01']

function dateOf(day: number): string {
  if (day !== lastDay) {
    lastDate = new Date(day * DAY_MS).toISOString().slice(0, 10)
    lastDay = day
  }
  return lastDate
}

function isWritable(value: number): boolean {
  return Number.isInteger(value) && value >= EARLIEST && value <= LATEST
}

function startOfDay(year: number, month: number, day: number): number | null {
  const date = new Date(0)
  // Date.UTC would take the years 1 to 99 for 1901 to 1999.
  date.setUTCFullYear(year, month - 1, day)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : null
}

function timeOfDay(hour: number, minute: number, second: number): number | null {
  if (hour > 23 || minute > 59 || second > 59) return null
  return ((hour * 60 + minute) * 60 + second) * 1000
}

function offsetOf(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0
  const digits = text.slice(1).replace(':', '')
  const distance = timeOfDay(Number(digits.slice(0, 2)), Number(digits.slice(2)), 0)
  return distance === null ? null : text.startsWith('-') ? -distance : distance
}

/** A span of time, both ends included, in milliseconds since the epoch. */
export interface TimeRange {
  readonly from: number
  readonly to: number
}
