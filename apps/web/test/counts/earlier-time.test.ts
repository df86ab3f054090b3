import { expect, test } from 'vitest'
import { dayOf, type TimeChoice } from '../../src/address/time-choice.js'
import { earlierTime } from '../../src/counts/earlier-time.js'

/** A Tuesday, a little before noon, on this machine's clock. */
const NOW = new Date(2026, 2, 31, 11, 45).getTime()

const days = (from: string | null, to: string | null): TimeChoice => ({ kind: 'days', from, to })

test.each([
  ['today', { kind: 'today' }, '2026-03-24 0:00', '2026-03-24 11:45', true],
  ['yesterday', { kind: 'yesterday' }, '2026-03-23 0:00', '2026-03-24 0:00', false],
  ['seven days', { kind: 'week' }, '2026-03-18 0:00', '2026-03-24 11:45', true],
  ['this month', { kind: 'month' }, '2026-02-01 0:00', '2026-02-28 11:45', true],
  ['the last month', { kind: 'lastMonth' }, '2026-01-01 0:00', '2026-02-01 0:00', false],
  ['three days', days('2026-03-10', '2026-03-12'), '2026-03-03 0:00', '2026-03-06 0:00', false],
  ['eight days', days('2026-03-10', '2026-03-17'), '2026-02-24 0:00', '2026-03-04 0:00', false],
  ['days without an end', days('2026-03-30', null), '2026-03-23 0:00', '2026-03-24 11:45', true],
  ['a day that goes on', days('2026-03-31', '2026-03-31'), '2026-03-24 0:00', '2026-03-24 11:45', true],
] as const)(
  '%s is compared with as much of the weeks or the month before',
  (_, choice, from, to, isPartial) => {
    const earlier = earlierTime(choice, NOW)
    const inWords = (time: Date | undefined): string =>
      time === undefined
        ? ''
        : `${dayOf(time)} ${time.getHours()}:${String(time.getMinutes()).padStart(2, '0')}`
    expect([inWords(earlier?.from), inWords(earlier?.to), earlier?.isPartial]).toEqual([from, to, isPartial])
  },
)

test.each([
  ['no time', { kind: 'all' }],
  ['a time without a beginning', days(null, '2026-03-10')],
  ['days that are reversed', days('2026-03-12', '2026-03-10')],
  ['days to come', days('2026-04-02', '2026-04-03')],
] as const)('%s is compared with nothing', (_, choice) => {
  expect(earlierTime(choice, NOW)).toBeNull()
})
