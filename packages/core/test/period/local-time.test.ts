import { expect, test } from 'vitest'
import { findTimeZone, parseInZone, timeOfLocal, type TimeZone, UTC } from '../../src/index.js'

function zoneOf(name: string): TimeZone {
  const zone = findTimeZone(name)
  if (zone === null) throw new Error(`There is no zone ${name}`)
  return zone
}

const berlin = zoneOf('Europe/Berlin')

test.each([
  ['2026-07-01', '2026-06-30T22:00:00Z'],
  ['2026-10-25', '2026-10-24T22:00:00Z'],
  ['2026-10-26', '2026-10-25T23:00:00Z'],
  ['2026-07-01T14:00', '2026-07-01T12:00:00Z'],
  ['2026-01-01 14:00:30', '2026-01-01T13:00:30Z'],
  ['2026-07-01T14:00:00Z', '2026-07-01T14:00:00Z'],
  ['2026-10-25T02:30:00+01:00', '2026-10-25T01:30:00Z'],
])('a day and a time without a zone are those of the clocks: %s', (text, expected) => {
  expect(parseInZone(text, berlin)).toBe(Date.parse(expected))
})

test('a day that a zone has skipped begins with the next one', () => {
  expect(parseInZone('2011-12-30', zoneOf('Pacific/Apia'))).toBe(Date.parse('2011-12-30T10:00:00Z'))
})

test('what is not a time is refused, and so is one that the clocks skip or show twice', () => {
  const [skipped, twice] = [Date.parse('2026-03-29T02:30:00Z'), Date.parse('2026-10-25T02:30:00Z')]
  expect([timeOfLocal(skipped, berlin), timeOfLocal(twice, berlin)]).toEqual(['skipped', 'twice'])
  for (const text of [
    '2026-03-29T02:30',
    '2026-10-25T02:30',
    '2026-02-30',
    '2026-02-30T10:00',
    '26-01-01',
    'today',
  ])
    expect(parseInZone(text, berlin)).toBeNull()
  expect(parseInZone('2026-10-25T02:30', UTC)).toBe(twice)
})
