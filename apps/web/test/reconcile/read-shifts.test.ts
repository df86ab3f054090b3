import { expect, test } from 'vitest'
import { readShifts } from '../../src/reconcile/read-shifts.js'

const SUMMER = 'seconds=-7200; entries=812; logged=2026-03-29T01:00:00.000Z/2026-10-25T00:59:59.000Z'
const WINTER = 'seconds=-3600; entries=90; logged=2026-01-01T00:00:00.000Z/2026-03-28T23:00:00.000Z'

test('the header of the server has one shift or two, and none where it is absent or written otherwise', () => {
  const summer = {
    seconds: -7200,
    entries: 812,
    from: Date.parse('2026-03-29T01:00:00Z'),
    to: Date.parse('2026-10-25T00:59:59Z'),
  }
  expect(readShifts(SUMMER)).toEqual([summer])
  expect(readShifts(`${SUMMER}, ${WINTER}`)).toMatchObject([
    { entries: 812 },
    { seconds: -3600, entries: 90 },
  ])
  expect(readShifts(null)).toEqual([])
  expect(readShifts('seconds=soon; entries=1; logged=a/b')).toEqual([])
})
