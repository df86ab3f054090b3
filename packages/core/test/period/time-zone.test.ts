/// <reference lib="esnext.temporal" />
import { describe, expect, it } from 'vitest'
import { DAY_MS, findTimeZone, HOUR_MS, nearestTimeZones, type TimeZone, UTC } from '../../src/index.js'

function zoneOf(name: string): TimeZone {
  const zone = findTimeZone(name)
  if (zone === null) throw new Error(`There is no zone ${name}`)
  return zone
}

const at = (text: string): number => Date.parse(text)
const shown = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())
const dayOf = (date: string): number => at(date) / DAY_MS

/** WAYBILL_COUNTS above 1,000 compares every zone that the engine knows. */
const ALL = Number(process.env['WAYBILL_COUNTS'] ?? 0) > 1000
const NAMES = ALL
  ? Intl.supportedValuesOf('timeZone')
  : ['Europe/Berlin', 'America/Boa_Vista', 'Africa/Monrovia', 'Africa/El_Aaiun', 'Australia/Lord_Howe']

describe('the changes of a zone', () => {
  it.each(NAMES)('are those that Temporal knows: %s', (name) => {
    const [from, to] = ALL ? ['1800', '2100'] : ['1965', '2040']
    const [begin, end] = [at(`${from}-01-01T00:00Z`), at(`${to}-01-01T00:00Z`)]
    const expected: unknown[] = []
    for (
      let next = Temporal.Instant.fromEpochMilliseconds(begin)
        .toZonedDateTimeISO(name)
        .getTimeZoneTransition('next');
      next !== null && next.epochMilliseconds < end;
      next = next.getTimeZoneTransition('next')
    ) {
      expected.push({ from: shown(next.epochMilliseconds), offset: next.offsetNanoseconds / 1e6 })
    }
    const segments = zoneOf(name).segments(begin, end)
    expect(segments.slice(1).map(({ from: start, offset }) => ({ from: shown(start), offset }))).toEqual(
      expected,
    )
    expect(segments[0]?.from).toBe(begin)
    expect(segments.at(-1)?.to).toBe(end)
    for (const [index, { from: start }] of segments.entries()) {
      if (index > 0) expect(start).toBe(segments[index - 1]?.to)
    }
  })
})

describe('a local day', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', 25],
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', 23],
    ['Australia/Lord_Howe', '2024-04-07', '2024-04-06T13:00:00.000Z', 24.5],
    ['Asia/Kathmandu', '2026-01-01', '2025-12-31T18:15:00.000Z', 24],
    ['UTC', '2026-01-01', '2026-01-01T00:00:00.000Z', 24],
    // Midnight was skipped: the day began at 1 o'clock.
    ['America/Sao_Paulo', '2017-10-15', '2017-10-15T03:00:00.000Z', 23],
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z', 23],
    // 23 o'clock came twice.
    ['America/Sao_Paulo', '2018-02-17', '2018-02-17T02:00:00.000Z', 25],
  ])('in %s on %s begins at %s and has %f hours', (name, date, begin, hours) => {
    const zone = zoneOf(name)
    const start = zone.startOfDay(dayOf(date)) ?? 0
    expect(shown(start)).toBe(begin)
    expect(((zone.startOfDay(dayOf(date) + 1) ?? 0) - start) / HOUR_MS).toBe(hours)
    expect(zone.dayOf(start)).toBe(dayOf(date))
    expect(zone.dayOf(start - 1)).toBe(dayOf(date) - 1)
  })

  it('that a zone skipped has no beginning', () => {
    expect(zoneOf('Pacific/Apia').startOfDay(dayOf('2011-12-30'))).toBeNull()
    expect(shown(zoneOf('Pacific/Apia').startOfDay(dayOf('2011-12-31')))).toBe('2011-12-30T10:00:00.000Z')
  })

  it('may begin, go back to the day before, and go on', () => {
    // The clocks of St. John's went back one minute after midnight.
    const zone = zoneOf('America/St_Johns')
    const change = at('2006-10-29T02:31:00Z')
    expect([change - 1, change, change + HOUR_MS].map((time) => zone.dayOf(time))).toEqual([
      dayOf('2006-10-29'),
      dayOf('2006-10-28'),
      dayOf('2006-10-29'),
    ])
    expect(zone.startOfDay(dayOf('2006-10-29'))).toBe(change - 60_000)
  })
})

describe('a local hour', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-25T00:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-25T01:00:00.000Z'],
    ['Asia/Kolkata', '2026-01-01T00:29:59Z', '2025-12-31T23:30:00.000Z'],
    ['Asia/Kathmandu', '2026-01-01T00:15:00Z', '2026-01-01T00:15:00.000Z'],
    // From 2:00 back to 1:30: the second half of an hour is an hour by itself.
    ['Australia/Lord_Howe', '2024-04-06T14:59:59Z', '2024-04-06T14:00:00.000Z'],
    ['Australia/Lord_Howe', '2024-04-06T15:00:00Z', '2024-04-06T15:00:00.000Z'],
    ['Australia/Lord_Howe', '2024-04-06T15:30:00Z', '2024-04-06T15:30:00.000Z'],
    ['America/St_Johns', '2006-10-29T02:30:30Z', '2006-10-29T02:30:00.000Z'],
    ['America/St_Johns', '2006-10-29T02:31:00Z', '2006-10-29T02:31:00.000Z'],
  ])('in %s at %s begins at %s', (name, time, begin) => {
    expect(shown(zoneOf(name).startOfHour(at(time)))).toBe(begin)
  })
})

describe('a name', () => {
  it.each(['', 'Berlin', 'Europe/Berln', '+02:00', '-05', 'GMT+25', '\0', 'constructor'])(
    '%j is none',
    (name) => {
      expect(findTimeZone(name)).toBeNull()
    },
  )

  it.each(['UTC', 'europe/berlin', 'Asia/Calcutta', 'US/Pacific', 'EST', 'Etc/GMT+5'])(
    '%j is one',
    (name) => {
      expect(findTimeZone(name)?.name).toBe(name)
    },
  )

  it.each([
    ['Berlin', ['Europe/Berlin']],
    ['Europe/Berln', ['Europe/Berlin']],
    ['new york', ['America/New_York']],
    ['Saopaulo', ['America/Sao_Paulo']],
    ['nowhere at all', []],
  ])('%j is near to %j', (name, expected) => {
    expect(nearestTimeZones(name)).toEqual(expected)
  })
})

it('knows an offset far from any calendar', () => {
  expect(UTC.offsetAt(1e300)).toBe(0)
  expect(zoneOf('Europe/Berlin').offsetAt(1e300)).toBeGreaterThan(0)
  expect(zoneOf('Africa/Monrovia').offsetAt(at('1971-06-01T00:00:00Z'))).toBe(-2_670_000)
})
