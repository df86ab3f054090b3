import { tzOffset } from '@date-fns/tz'
import { nearestName, parseDateTime } from '@waybill/core'
import * as z from 'zod/mini'
import { readWith } from './schemas.js'

const TIME_ZONE = 'an IANA time zone such as Europe/Berlin'

/** Reads a time as core's `parseDateTime` does, to milliseconds since 1970-01-01T00:00:00Z. Without a zone it is UTC. */
export const dateTimeSchema: z.ZodMiniType<number> = dateTimeSchemaIn('UTC')

/**
 * The same where a time without a zone is what the clocks of `timeZone` show. A time that they skip is read by the offset
 * before the change (02:30 is 03:30), one that they show twice is the first of the two.
 *
 * @param timeZone An IANA name that {@link timeZoneSchema} takes.
 */
export function dateTimeSchemaIn(timeZone: string): z.ZodMiniType<number> {
  return readWith('an ISO 8601 date and time', (value) => {
    const time = typeof value === 'string' ? parseDateTime(value) : null
    return typeof value !== 'string' || time === null || hasZone(value) ? time : instantOf(time, timeZone)
  })
}

/** The option for the zone of times without one: an IANA name such as `Europe/Berlin`. */
export const timeZoneSchema: z.ZodMiniType<string, string> = z.pipe(
  z.string(TIME_ZONE),
  z.transform((name, context): string => {
    if (isTimeZone(name)) return name
    const meant = nearestName(name, Intl.supportedValuesOf('timeZone'))
    const message = meant === null ? TIME_ZONE : `${TIME_ZONE} (did you mean ${meant}?)`
    context.issues.push({ code: 'custom', message, input: name, params: { found: 'text that names none' } })
    return z.NEVER
  }),
)

/** An offset is no zone: it holds for a part of the year only. */
function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return /^[A-Za-z]/.test(timeZone)
  } catch {
    return false
  }
}

function hasZone(dateTime: string): boolean {
  return /(?:[Zz]|:\d.*[+-]\d{2}(?::?\d{2})?)$/.test(dateTime)
}

/** No zone changes its offset twice within two days. */
const DAY_MS = 86_400_000

/** @param shown What the clocks show, as if it were UTC. */
function instantOf(shown: number, timeZone: string): number {
  const [before, after] = [shown - DAY_MS, shown + DAY_MS].map((time) => offsetAt(time, timeZone))
  const instants = [before, after].map((offset = 0) => shown - offset)
  const real = instants.filter((instant) => instant + offsetAt(instant, timeZone) === shown)
  return real.length > 0 ? Math.min(...real) : shown - (before ?? 0)
}

function offsetAt(time: number, timeZone: string): number {
  return tzOffset(timeZone, new Date(time)) * 60_000
}
