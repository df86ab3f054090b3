import { parseDateTime } from '../message/time.js'
import { DAY_MS, type TimeZone } from './time-zone.js'

/**
 * The point in time at which the clocks of a zone show a local time.
 *
 * @param local - what the clocks show, as if it were UTC: milliseconds since the epoch.
 * @returns `skipped` and `twice` where the clocks never show it, or two times.
 *
 * @example timeOfLocal(Date.parse('2026-07-01T14:00:00Z'), berlin) // Date.parse('2026-07-01T12:00:00Z')
 */
export function timeOfLocal(local: number, zone: TimeZone): number | 'skipped' | 'twice' {
  // No zone is further than a day from UTC, and no clock changes twice within two.
  const offsets = new Set([zone.offsetAt(local - DAY_MS), zone.offsetAt(local + DAY_MS)])
  const times = [...offsets].map((offset) => local - offset)
  const [time, second] = times.filter((each) => each + zone.offsetAt(each) === local)
  if (time === undefined) return 'skipped'
  return second === undefined ? time : 'twice'
}

const ZONED = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/

/**
 * Reads the beginning of a day (`2026-01-31`), or a point in time as {@link parseDateTime} does; days, and times without a
 * zone of their own, are those of the clocks of `zone`.
 *
 * @returns milliseconds since the epoch; null for anything else, also for a time that the clocks skip or show twice.
 *
 * @example parseInZone('2026-07-01', berlin) // Date.parse('2026-06-30T22:00:00Z')
 */
export function parseInZone(text: string, zone: TimeZone): number | null {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text)
  const time = parseDateTime(isDay ? `${text}T00:00Z` : text)
  if (time === null) return null
  if (isDay) {
    const day = time / DAY_MS
    // Where a zone has skipped a day, the next one begins in its place.
    return zone.startOfDay(day) ?? zone.startOfDay(day + 1)
  }
  if (ZONED.test(text)) return time
  const found = timeOfLocal(time, zone)
  return typeof found === 'number' ? found : null
}
