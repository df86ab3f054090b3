import { describe, expect, test } from 'vitest'
import { dateTimeSchema, dateTimeSchemaIn, parseOptions, timeZoneSchema } from '../../src/index.js'
import { thrownBy } from '../support/thrown-by.js'

test.each([
  ['2026-04-24T12:34:56Z', Date.UTC(2026, 3, 24, 12, 34, 56)],
  ['2026-04-24T12:34:56.250000+02:00', Date.UTC(2026, 3, 24, 10, 34, 56, 250)],
])('%j is a time', (text, time) => {
  expect(dateTimeSchema.parse(text)).toBe(time)
})

test.each(['', 'yesterday', '2026-13-01T00:00:00Z', 1_777_000_000, null, undefined])(
  '%j is not a time',
  (value) => {
    expect(dateTimeSchema.safeParse(value).error?.issues).toMatchObject([
      { message: 'an ISO 8601 date and time' },
    ])
  },
)

/** In UTC, as text. */
function read(timeZone: string, text: string): string {
  return new Date(dateTimeSchemaIn(timeZone).parse(text)).toISOString()
}

describe('a time without a zone', () => {
  test.each([
    ['UTC', '2026-04-24 12:34:56', '2026-04-24T12:34:56.000Z'],
    ['Europe/Berlin', '2026-01-24 12:34:56', '2026-01-24T11:34:56.000Z'],
    ['Europe/Berlin', '2026-07-24T12:34:56.250', '2026-07-24T10:34:56.250Z'],
    ['America/New_York', '2026-07-24T20:00', '2026-07-25T00:00:00.000Z'],
    ['Asia/Kolkata', '2026-07-24 01:00:00', '2026-07-23T19:30:00.000Z'],
    ['America/Sao_Paulo', '2026-07-24 01:00:00', '2026-07-24T04:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-07-24 01:00:00', '2026-07-23T11:00:00.000Z'],
  ])('is what clocks in %s show: %s', (timeZone, text, time) => {
    expect(read(timeZone, text)).toBe(time)
  })

  test.each([
    // Berlin's clocks go from 02:00 to 03:00 on 29 March 2026, at 01:00 UTC.
    ['Europe/Berlin', '2026-03-29 01:59:59', '2026-03-29T00:59:59.000Z'],
    ['Europe/Berlin', '2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29 03:00:00', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '2026-03-08 02:30:00', '2026-03-08T07:30:00.000Z'],
    // Lord Howe's go forward by half an hour.
    ['Australia/Lord_Howe', '2026-10-04 02:15:00', '2026-10-03T15:45:00.000Z'],
  ])('that clocks in %s skip is read by the offset before: %s', (timeZone, text, time) => {
    expect(read(timeZone, text)).toBe(time)
  })

  test.each([
    // Berlin's clocks go from 03:00 back to 02:00 on 25 October 2026, at 01:00 UTC.
    ['Europe/Berlin', '2026-10-25 01:59:59', '2026-10-24T23:59:59.000Z'],
    ['Europe/Berlin', '2026-10-25 02:00:00', '2026-10-25T00:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25 02:59:59', '2026-10-25T00:59:59.000Z'],
    ['Europe/Berlin', '2026-10-25 03:00:00', '2026-10-25T02:00:00.000Z'],
    ['America/New_York', '2026-11-01 01:30:00', '2026-11-01T05:30:00.000Z'],
  ])('that clocks in %s show twice is the first of the two: %s', (timeZone, text, time) => {
    expect(read(timeZone, text)).toBe(time)
  })
})

test.each([
  '2026-04-24T12:34:56Z',
  '2026-04-24T14:34:56+02:00',
  '2026-04-24 05:34:56-0700',
  '2026-04-24T14:34:56.000+02',
])('a time with a zone keeps it: %s', (text) => {
  expect(read('Asia/Tokyo', text)).toBe('2026-04-24T12:34:56.000Z')
})

describe('the option for a time zone', () => {
  test.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3', 'europe/berlin'])(
    'takes %s',
    (timeZone) => {
      expect(parseOptions({ timeZone: timeZoneSchema }, { timeZone })).toEqual({ timeZone })
    },
  )

  test.each([
    [
      'Europe/Berln',
      'timeZone: expected an IANA time zone such as Europe/Berlin (did you mean Europe/Berlin?), found text that names none',
    ],
    ['+02:00', 'timeZone: expected an IANA time zone such as Europe/Berlin, found text that names none'],
    [
      's3cret-s3cret',
      'timeZone: expected an IANA time zone such as Europe/Berlin, found text that names none',
    ],
    ['', 'timeZone: expected an IANA time zone such as Europe/Berlin, found text that names none'],
    [2, 'timeZone: expected an IANA time zone such as Europe/Berlin, found a number'],
  ])('refuses %j and says what is meant', (timeZone, message) => {
    const error = thrownBy(() => parseOptions({ timeZone: timeZoneSchema }, { timeZone }))
    expect(error).toMatchObject({ code: 'INVALID_CONFIGURATION', message })
  })
})
