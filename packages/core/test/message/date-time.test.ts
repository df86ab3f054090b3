import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDateTime, parseDateTime } from '../../src/index.js'

describe('reading a point in time', () => {
  it.each([
    ['2026-04-24T12:34:56Z', '2026-04-24T12:34:56.000Z'],
    ['2026-04-24t12:34:56z', '2026-04-24T12:34:56.000Z'],
    ['2026-04-24 12:34:56', '2026-04-24T12:34:56.000Z'],
    ['2026-04-24T12:34', '2026-04-24T12:34:00.000Z'],
    ['2026-04-24T12:34:56.7Z', '2026-04-24T12:34:56.700Z'],
    ['2026-04-24T12:34:56,78Z', '2026-04-24T12:34:56.780Z'],
    ['2026-04-24T12:34:56.123999999999999999Z', '2026-04-24T12:34:56.123Z'],
    ['2026-04-24T12:34:56.000000Z', '2026-04-24T12:34:56.000Z'],
    ['2026-04-24T12:34:56+02:00', '2026-04-24T10:34:56.000Z'],
    ['2026-04-24T12:34:56-0530', '2026-04-24T18:04:56.000Z'],
    ['2026-04-24 12:34:56+00', '2026-04-24T12:34:56.000Z'],
    ['2026-04-24T12:34:56-00:00', '2026-04-24T12:34:56.000Z'],
    ['1969-12-31T23:59:59.9999Z', '1969-12-31T23:59:59.999Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-12-31T00:00:00Z', '0099-12-31T00:00:00.000Z'],
    ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  ])('takes %j for %s', (text, expected) => {
    const value = parseDateTime(text)
    expect(value).not.toBeNull()
    expect(formatDateTime(value ?? Number.NaN)).toBe(expected)
  })

  it.each([
    '',
    'now',
    '2026-04-24',
    '2026-04-24T',
    '2026-02-30T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-00-10T00:00:00Z',
    '2026-13-10T00:00:00Z',
    '2026-04-00T00:00:00Z',
    '2026-04-24T24:00:00Z',
    '2026-04-24T12:60:00Z',
    '2026-04-24T12:34:60Z',
    '2026-04-24T12:34:56.Z',
    '2026-04-24T12:34.5Z',
    '2026-04-24T12:34:56+24:00',
    '2026-04-24T12:34:56+02:60',
    '2026-04-24T12:34:56 02:00',
    '2026-04-24T12:34:56+2:00',
    '2026-4-24T12:34:56Z',
    '26-04-24T12:34:56Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00+00:01',
    '9999-12-31T23:59:59-00:01',
    '+002026-04-24T12:34:56Z',
    ' 2026-04-24T12:34:56Z',
    '2026-04-24T12:34:56Z\n',
    '2026-04-24_12:34:56Z',
    '1777034096',
    '２０２６-04-24T12:34:56Z',
  ])('does not take %j', (text) => {
    expect(parseDateTime(text)).toBeNull()
  })

  it('reads back every time that can be written', () => {
    const time = fc.date({
      min: new Date('0001-01-01T00:00:00.000Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    })
    fc.assert(
      fc.property(time, (date) => {
        const text = formatDateTime(date.getTime())
        expect(text).toBe(date.toISOString())
        expect(parseDateTime(text ?? '')).toBe(date.getTime())
      }),
    )
  })

  it('agrees with the calendar on every day of every month', () => {
    const part = fc.integer({ min: 0, max: 99 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), part, part, (year, month, day) => {
        const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}T00:00:00.000Z`
        const native = new Date(text)
        const valid = !Number.isNaN(native.getTime()) && native.toISOString() === text
        expect(parseDateTime(text)).toBe(valid ? native.getTime() : null)
      }),
    )
  })

  it('cuts a fraction of a million digits off', () => {
    expect(parseDateTime(`2026-04-24T12:34:56.${'9'.repeat(1_000_000)}Z`)).toBe(
      Date.parse('2026-04-24T12:34:56.999Z'),
    )
  })
})

describe('writing a point in time', () => {
  it.each([Number.NaN, Infinity, -Infinity, 0.5, 8.64e15, -62_135_596_800_001, 253_402_300_800_000])(
    'has no text for %d',
    (value) => {
      expect(formatDateTime(value)).toBeNull()
    },
  )
})

function pad(value: number, length: number): string {
  return value.toString().padStart(length, '0')
}
