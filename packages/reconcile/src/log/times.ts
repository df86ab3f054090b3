import { DAY_MS, findTimeZone, parseDateTime, timeOfLocal } from '@waybill/core'
import type { LogFault } from './log-error.js'
import { spelledTime } from './spelled-times.js'
import { isDay, isTimeOfDay, withTwoDigitHours } from './time-of-day.js'

/** The ways in which times are written. A log uses one of them. */
export type TimeFormat =
  | 'ISO 8601 with a zone'
  | 'ISO 8601 without a zone'
  | 'DD.MM.YYYY hh:mm'
  | 'a month in letters with a zone'
  | 'a month in letters without a zone'
  | 'seconds since 1970'
  | 'milliseconds since 1970'
  | 'microseconds since 1970'
  | 'nanoseconds since 1970'

/** A time that was read, or why it could not be. */
export type ReadTime =
  | { readonly format: TimeFormat; readonly value: number }
  | { readonly fault: LogFault; readonly problem: string; readonly remedy: string }

const ZONED = /(?:[Zz]|[+-]\d{2}(?::?\d{2})?)$/
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4}),?[ T]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?$/
const DAY_OR_MONTH_FIRST = /^\d{1,2}(?:\/\d{1,2}\/\d{1,4}|-\d{1,2}-\d{2,4})(?!\d)/
const SHORT_YEAR = /^\d{1,2}\.\d{1,2}\.\d{2}(?!\d)/
const ABBREVIATED_ZONE = /:\d{2}(?:[.,]\d+)? ?(?!UTC|GMT|AM|PM)[A-Z]{2,5}$/
/** How spreadsheets count days. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/
const YEAR_FIRST = /^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?=[ T])/
/** `20261005140000`, `20261005T140000Z`, `20261005 14:00`. */
const COMPACT =
  /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?|[T ](\d{2}:\d{2}.*?))(Z|[+-]\d{2}(?::?\d{2})?)?$/
const END_OF_DAY = /([T ])24:00(?=(?::00(?:[.,]0+)?)?(?:Z|[+-]\d{2}(?::?\d{2})?)?$)/i

/** By how many digits there are before the fraction. WhatsApp is younger than the years that have fewer. */
const COUNTED: readonly (readonly [pattern: RegExp, format: TimeFormat, perMs: number])[] = [
  [/^\d{9,10}(?:[.,]\d+)?$/, 'seconds since 1970', 0.001],
  [/^\d{12,13}(?:[.,]\d+)?$/, 'milliseconds since 1970', 1],
  [/^\d{15,16}$/, 'microseconds since 1970', 1000],
  [/^\d{18,19}$/, 'nanoseconds since 1970', 1_000_000],
]

/** `2026100514` is a day and an hour, and no number of seconds. */
const DAY_AND_HOUR = /^20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])$/

/** No message was sent earlier, or will be later: such a time was misread. */
const EARLIEST = Date.parse('2000-01-01T00:00:00Z')
const LATEST = Date.parse('2100-01-01T00:00:00Z')

function isPlausible(time: number): boolean {
  return time >= EARLIEST && time < LATEST
}

/**
 * Reads a time of a log.
 *
 * @param zone - reads a local time, given as if it were UTC; null: the log's zone is not known.
 */
export function readTime(written: string, zone: LocalZone | null): ReadTime {
  // Most logs write all of their times so, and reading the other ways takes longer.
  const plain = ZONED.test(written) ? parseDateTime(written) : null
  if (plain !== null && isPlausible(plain)) return { format: 'ISO 8601 with a zone', value: plain }
  const counted = /^\d/.test(written) ? readCounted(written) : null
  if (counted !== null) return counted
  const text = withTwoDigitHours(withPlainZone(written.replaceAll(/\s+/g, ' ')))
  const problem = problemOf(text)
  if (problem !== null) return problem
  const dotted = isoOfDotted(text.replace(/ Uhr$/, ''))
  const spelled = dotted === null ? spelledTime(text) : null
  const iso = dotted ?? spelled ?? isoOfCompact(isoOfYearFirst(text))
  const started = iso.replace(END_OF_DAY, '$100:00')
  const parsed = parseDateTime(started)
  if (parsed === null) return NOT_A_TIME
  const utc = started === iso ? parsed : parsed + DAY_MS
  if (!isPlausible(utc))
    return {
      fault: 'TIME',
      problem: `this is a time of the year ${iso.slice(0, 4)}`,
      remedy: 'Write the year with four digits, from 2000 to 2099.',
    }
  if (dotted === null && ZONED.test(iso))
    return {
      format: spelled === null ? 'ISO 8601 with a zone' : 'a month in letters with a zone',
      value: utc,
    }
  if (dotted !== null) return inZone(utc, 'DD.MM.YYYY hh:mm', zone)
  return inZone(utc, spelled === null ? 'ISO 8601 without a zone' : 'a month in letters without a zone', zone)
}

const NOT_A_TIME: ReadTime = {
  fault: 'TIME',
  problem: 'this is not a time',
  remedy: 'Write times in ISO 8601, such as 2026-04-24T12:34:56Z, or as seconds since 1970.',
}

/** A number of seconds, or of parts of one; null for anything else, also for days in digits alone. */
function readCounted(text: string): ReadTime | null {
  if (DAY_AND_HOUR.test(text)) return null
  for (const [pattern, format, perMs] of COUNTED) {
    if (!pattern.test(text)) continue
    // Nanoseconds have more digits than a number holds.
    const value = Math.round(Number(text.replace(',', '.')) / perMs)
    if (isPlausible(value)) return { format, value }
  }
  return null
}

/** What can be said of a text that is no time for sure; null: it may be one. */
function problemOf(text: string): ReadTime | null {
  if (DAY_OR_MONTH_FIRST.test(text))
    return {
      fault: 'TIME',
      problem: 'day and month cannot be distinguished',
      remedy: 'Write times in ISO 8601, such as 2026-04-24T12:34:56Z.',
    }
  if (SHORT_YEAR.test(text))
    return {
      fault: 'TIME',
      problem: 'the year has two digits',
      remedy: 'Write it with four, such as 24.04.2026 12:34, or in ISO 8601, such as 2026-04-24T12:34:56Z.',
    }
  if (SERIAL.test(text))
    return {
      fault: 'TIME',
      problem: 'this is the number that a spreadsheet has for a day',
      remedy: 'In the spreadsheet, format the column as yyyy-mm-dd hh:mm:ss, then export it again.',
    }
  if (ABBREVIATED_ZONE.test(text))
    return {
      fault: 'TIME',
      problem: 'the zone is an abbreviation, which may mean several',
      remedy: 'Write its distance from UTC, such as 2026-04-24T12:34:56+02:00.',
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
  return null
}

function inZone(utc: number, format: TimeFormat, zone: LocalZone | null): ReadTime {
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

/**
 * A time whose zone is written as in ISO 8601: `UTC` and `GMT` become `Z`, a space before the zone is left out, and so is a name
 * behind a distance from UTC, as JavaScript, Java and Go write it.
 */
function withPlainZone(text: string): string {
  return text
    .replace(/([+-]\d{2}:?\d{2})(?: ?\([^()]*\)| [A-Z]{3,5}|\[[\w/+-]+\])$/, '$1')
    .replace(/(\dZ)\[[\w/+-]+\]$/, '$1')
    .replace(/ (?:UTC|GMT)([+-]\d{2}:?\d{2})$/, '$1')
    .replace(/ (?:UTC|GMT|Z)$/, 'Z')
    .replace(/ ([+-]\d{2}(?::?\d{2})?)$/, '$1')
}

/** `2026/4/24 12:34` as `2026-04-24 12:34`; any other text as it is. */
function isoOfYearFirst(text: string): string {
  return text.replace(YEAR_FIRST, (_, year: string, _separator: string, month: string, day: string) =>
    [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-'),
  )
}

/** `20261005140000` as `2026-10-05 14:00:00`; any other text as it is. */
function isoOfCompact(text: string): string {
  const match = COMPACT.exec(text)
  if (match === null) return text
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00', clock, zone = ''] = match
  return `${year}-${month}-${day} ${clock ?? `${hour}:${minute}:${second}`}${zone}`
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
  return (local) => timeOfLocal(local, zone)
}
