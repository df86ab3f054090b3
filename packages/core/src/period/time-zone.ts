import { nearestName } from '../input/nearest-name.js'

/** A span in which the clocks of a zone keep one distance to UTC. All values are milliseconds. */
export interface ZoneSegment {
  /** Where it begins: a change of the clocks, or the beginning of the span that was asked for. */
  readonly from: number
  /** Where it ends; not a part of it. */
  readonly to: number
  /** What the clocks show less UTC. */
  readonly offset: number
}

/** The clocks of an IANA time zone, as the JavaScript engine knows them. Times are milliseconds since the epoch. */
export interface TimeZone {
  readonly name: string
  /** What the clocks show at a time less UTC, in milliseconds. */
  offsetAt(time: number): number
  /** The spans of one offset each from `from` to `to` (excluded), oldest first; neighbors differ. */
  segments(from: number, to: number): readonly ZoneSegment[]
  /** The number of the local day that a time lies in: days since 1970-01-01, as the clocks show them. */
  dayOf(time: number): number
  /**
   * The first moment of a local day, by its number; null for a day that the zone skipped. Mostly midnight, but a zone
   * may skip that, and one whose clocks go back across midnight has parts of both days in turn.
   */
  startOfDay(day: number): number | null
  /**
   * The first moment of the local hour that a time lies in. An hour that the clocks show twice is two hours. Where they
   * change within an hour, what follows the change begins there.
   */
  startOfHour(time: number): number
}

export const HOUR_MS: number = 60 * 60_000
export const DAY_MS: number = 24 * HOUR_MS

const zones = new Map<string, TimeZone>()

/**
 * A time zone by its IANA name, letter case aside.
 *
 * @returns null for anything else, also for an offset: `+02:00` holds for a part of the year only.
 *
 * @example findTimeZone('Europe/Berlin')?.offsetAt(Date.parse('2026-07-01T00:00:00Z')) // 7200000
 */
export function findTimeZone(name: string): TimeZone | null {
  const known = zones.get(name)
  if (known !== undefined) return known
  const format = formatOf(name)
  if (format === null) return null
  const zone = createZone(name, (time) => readOffset(format, time))
  // As many spellings of a name as there are letters to change case of must not fill the memory.
  if (zones.size >= MOST_ZONES) zones.clear()
  zones.set(name, zone)
  return zone
}

/** There are about 600 names. */
const MOST_ZONES = 1000

/**
 * Names that were probably meant, the likeliest first: zones of the city, then those that are written alike.
 *
 * @example nearestTimeZones('Berlin') // ['Europe/Berlin']
 */
export function nearestTimeZones(name: string): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  const city = cityOf(name)
  const cities = known.map(cityOf)
  const alike = nearestName(city, cities)
  const found = [
    ...known.filter((each) => cityOf(each) === city),
    nearestName(name, known),
    ...known.filter((each) => cityOf(each) === alike),
  ].filter((each) => each !== null)
  return [...new Set(found)].slice(0, MOST_NAMES)
}

const MOST_NAMES = 3

function cityOf(name: string): string {
  return (name.split('/').at(-1) ?? '').toLowerCase().replaceAll(' ', '_')
}

/** An offset has the form of no name. */
function formatOf(name: string): Intl.DateTimeFormat | null {
  if (!/^[A-Za-z]/.test(name)) return null
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' })
  } catch {
    return null
  }
}

/** The last part of `4/24/2026, GMT+05:30`; seconds where a zone has them, nothing for UTC. */
const OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/

const LATEST_DATE = 8.64e15

function readOffset(format: Intl.DateTimeFormat, time: number): number {
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    OFFSET.exec(format.format(Math.max(-LATEST_DATE, Math.min(LATEST_DATE, time)))) ?? []
  const distance = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  return sign === '-' ? -distance : distance
}

interface Change {
  readonly at: number
  readonly offset: number
}

/** Asking for an offset takes microseconds, and a message needs one: changes are looked for once, span by span. */
const SPAN_MS = 400 * DAY_MS
/** No zone has changed its clocks and changed them back within so long. Test: period/time-zone, against Temporal. */
const STEP_MS = 5 * DAY_MS
/** The farthest that clocks were from UTC, Manila's until 1844, and a day. */
const FARTHEST_MS = 16 * HOUR_MS + DAY_MS

function createZone(name: string, readOffsetAt: (time: number) => number): TimeZone {
  const spans = new Map<number, readonly Change[]>()

  function changesIn(span: number): readonly Change[] {
    const known = spans.get(span)
    if (known !== undefined) return known
    const begin = span * SPAN_MS
    const changes: Change[] = [{ at: begin, offset: readOffsetAt(begin) }]
    for (let from = begin; from < begin + SPAN_MS; from += STEP_MS) {
      // The span ends before its last moment, which is the first of the next one.
      const to = Math.min(from + STEP_MS, begin + SPAN_MS - 1000)
      const offset = readOffsetAt(to)
      if (offset === changes.at(-1)?.offset) continue
      changes.push({ at: firstWith(offset, from, to), offset })
    }
    spans.set(span, changes)
    return changes
  }

  /** The second at which the clocks have changed to an offset that they have at `to` and not at `from`. */
  function firstWith(offset: number, from: number, to: number): number {
    let [before, after] = [from / 1000, to / 1000]
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2)
      if (readOffsetAt(middle * 1000) === offset) after = middle
      else before = middle
    }
    return after * 1000
  }

  function offsetAt(time: number): number {
    const changes = changesIn(Math.floor(time / SPAN_MS))
    let index = changes.length - 1
    while (index > 0 && (changes[index]?.at ?? 0) > time) index -= 1
    return changes[index]?.offset ?? 0
  }

  function segments(from: number, to: number): readonly ZoneSegment[] {
    const found: { from: number; to: number; offset: number }[] = []
    for (let span = Math.floor(from / SPAN_MS); span * SPAN_MS < to; span += 1) {
      for (const { at, offset } of changesIn(span)) {
        const last = found.at(-1)
        if (at >= to || last?.offset === offset) continue
        if (last !== undefined) last.to = Math.max(at, from)
        if (last !== undefined && last.to <= from) found.pop()
        found.push({ from: Math.max(at, from), to, offset })
      }
    }
    return found
  }

  const dayOf = (time: number): number => Math.floor((time + offsetAt(time)) / DAY_MS)

  return {
    name,
    offsetAt,
    segments,
    dayOf,
    startOfDay: (day) => {
      const midnight = day * DAY_MS
      for (const { from, to, offset } of segments(midnight - FARTHEST_MS, midnight + FARTHEST_MS)) {
        const start = Math.max(from, midnight - offset)
        if (start < to && start < midnight + DAY_MS - offset) return start
      }
      return null
    },
    startOfHour: (time) => {
      const offset = offsetAt(time)
      const start = Math.floor((time + offset) / HOUR_MS) * HOUR_MS - offset
      if (offsetAt(start) === offset) return start
      return segments(start, time + 1).at(-1)?.from ?? start
    },
  }
}

/** Coordinated Universal Time. */
export const UTC: TimeZone = createZone('UTC', () => 0)
