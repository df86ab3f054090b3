import { DAY_MS, findTimeZone, parseDateTime } from '@waybill/core'
import type { LogFault } from './log-error.js'
import { isDay, isTimeOfDay, withTwoDigitHours } from './time-of-day.js'

/** The ways in which times are written. A log uses one of them. */
export type TimeFormat =
  | 'ISO 8601 with a zone'
  | 'ISO 8601 without a zone'
  | 'DD.MM.YYYY hh:mm'
  | 'seconds since 1970'
  | 'milliseconds since 1970'

/** A time that was read, or why it could not be. */
export type ReadTime =
  | { readonly format: TimeFormat; readonly value: number }
  | { readonly fault: LogFault; readonly problem: string; readonly remedy: string }

const ZONED = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),?[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/
const SLASHED = /^\d{1,2}\/\d{1,2}\/\d{1,4}/
/** How Ruby and others write the zone: `2026-04-24 12:34:56 +0200`, `… UTC`. */
const SPACED_ZONE = /\s+(?:(UTC|GMT|Z)|([+-]\d{2}:?\d{2}))$/
const YEAR_FIRST = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?=[ T])/

/**
 * Reads a time of a log.
 *
 * @param zone - reads a local time, given as if it were UTC; null: the log's zone is not known.
 */
export function readTime(written: string, zone: LocalZone | null): ReadTime {
  const text = withTwoDigitHours(written).replace(SPACED_ZONE, (_, utc?: string, offset?: string) =>
    utc === undefined ? (offset ?? '') : 'Z',
  )
  if (/^\d{9,10}(?:\.\d+)?$/.test(text))
    return { format: 'seconds since 1970', value: Math.round(Number(text) * 1000) }
  if (/^\d{12,13}$/.test(text)) return { format: 'milliseconds since 1970', value: Number(text) }
  if (SLASHED.test(text))
    return {
      fault: 'TIME',
      problem: 'day and month cannot be distinguished',
      remedy: 'Write times in ISO 8601, such as 2026-04-24T12:34:56Z.',
    }
  if (isDay(text))
    return {
      fault: 'NO_TIME_OF_DAY',
      problem: 'this is a day without a time of day',
      remedy: 'Say which column has the time of day, for example with --map timeOfDay=COLUMN.',
    }
  if (isTimeOfDay(text))
    return {
      fault: 'NO_DAY',
      problem: 'this is a time of day without a day',
      remedy:
        'Say which columns have the day and the time of day, with --map at=COLUMN --map timeOfDay=COLUMN.',
    }
  const dotted = isoOfDotted(text)
  const utc = parseDateTime(dotted ?? isoOfYearFirst(text))
  if (utc === null)
    return {
      fault: 'TIME',
      problem: 'this is not a time',
      remedy: 'Write times in ISO 8601, such as 2026-04-24T12:34:56Z, or as seconds since 1970.',
    }
  if (dotted === null && ZONED.test(text)) return { format: 'ISO 8601 with a zone', value: utc }
  const format = dotted === null ? 'ISO 8601 without a zone' : 'DD.MM.YYYY hh:mm'
  if (zone === null)
    return {
      fault: 'TIME',
      problem: 'the time has no zone',
      remedy: 'Give the time zone of the log (--time-zone Europe/Berlin, for example).',
    }
  const value = zone(utc)
  if (typeof value === 'number') return { format, value }
  return value === 'skipped'
    ? { fault: 'TIME', problem: 'the clock skipped this time', remedy: 'Check the time zone of the log.' }
    : {
        fault: 'TIME',
        problem: 'the clock showed this time twice',
        remedy: 'Write times with their zone, such as 2026-10-25T02:30:00+01:00.',
      }
}

/** `2026/4/24 12:34` as `2026-04-24 12:34`; any other text as it is. */
function isoOfYearFirst(text: string): string {
  return text.replace(YEAR_FIRST, (_, year: string, month: string, day: string) =>
    [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
  )
}

function isoOfDotted(text: string): string | null {
  const match = DOTTED.exec(text)
  if (match === null) return null
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '00', fraction = '0'] = match
  const [twoMonth, twoDay, twoHour] = [month, day, hour].map((part) => part.padStart(2, '0'))
  return `${year}-${twoMonth}-${twoDay}T${twoHour}:${minute}:${second}.${fraction}Z`
}

/** Converts a local time, given as if it were UTC, to the point in time, unless the clock skipped it or showed it twice. */
export type LocalZone = (local: number) => number | 'skipped' | 'twice'

/** @returns null for a zone that the system does not know. */
export function localZone(name: string): LocalZone | null {
  const zone = findTimeZone(name)
  if (zone === null) return null
  return (local) => {
    // No zone is further than a day from UTC, and no clock changes twice within two.
    const offsets = new Set([zone.offsetAt(local - DAY_MS), zone.offsetAt(local + DAY_MS)])
    const times = [...offsets].map((offset) => local - offset)
    const [time, second] = times.filter((each) => each + zone.offsetAt(each) === local)
    if (time === undefined) return 'skipped'
    return second === undefined ? time : 'twice'
  }
}
