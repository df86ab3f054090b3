import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRetryAfter } from '../src/time/retry.js'

const NOW = Date.UTC(2026, 3, 24, 12, 0, 0)

test.each([
  ['0', 0],
  ['7', 7000],
  [' 120 ', 120_000],
  ['1.5', 1500],
  ['Fri, 24 Apr 2026 12:00:30 GMT', 30_000],
  ['Friday, 24-Apr-26 12:00:30 GMT', 30_000],
  ['Fri Apr 24 12:00:30 2026', 30_000],
  ['Fri, 24 Apr 2026 11:59:00 GMT', 0],
  ['99999999999999999999', (2 ** 31 - 1) * 1000],
])('reads %j', (value, ms) => {
  expect(parseRetryAfter(value, NOW)).toBe(ms)
})

test.each([
  null,
  '',
  'soon',
  '-5',
  '5 apples',
  '0x10',
  '1e3',
  '2026-04-24',
  'Fri, 99 Apr 2026 12:00:30 GMT',
  'foo 1',
])('takes %j for no answer', (value) => {
  expect(parseRetryAfter(value, NOW)).toBeNull()
})

test('a date and the seconds until it mean the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10 ** 8 }), (seconds) => {
      const date = new Date(NOW + seconds * 1000).toUTCString()
      expect(parseRetryAfter(date, NOW)).toBe(parseRetryAfter(String(seconds), NOW))
    }),
  )
})
