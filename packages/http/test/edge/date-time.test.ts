import { expect, test } from 'vitest'
import { dateTimeSchema } from '../../src/index.js'

test.each([
  ['2026-04-24T12:34:56Z', Date.UTC(2026, 3, 24, 12, 34, 56)],
  ['2026-04-24T12:34:56.250000+02:00', Date.UTC(2026, 3, 24, 10, 34, 56, 250)],
])('%j is a time', (text, time) => {
  expect(dateTimeSchema.parse(text)).toBe(time)
})

test.each(['', 'yesterday', '2026-13-01T00:00:00Z', 1_777_000_000, null, undefined])(
  '%j is none',
  (value) => {
    expect(dateTimeSchema.safeParse(value).error?.issues).toMatchObject([
      { message: 'an ISO 8601 date and time' },
    ])
  },
)
