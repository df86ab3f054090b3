import { describe, expect, it } from 'vitest'
import { judgeWindow, type SeenWindow } from '../../../src/sync/window/judge-window.js'

const SEEN: SeenWindow = { polledAt: 1000, newest: 900, oldest: 500 }
const DAY = 86_400_000

describe('what a window proves', () => {
  it.each([
    ['not full, the first time: everything since the beginning', null, [], [500, 700], false, 0, null],
    ['full, the first time: what is newer than its oldest', null, [], [500, 700], true, 501, null],
    ['full, and it reaches behind what was known', SEEN, [899, 900], [1500], true, 900, null],
    ['full, with a single message that was known before the newest', SEEN, [899], [1500], true, 900, null],
    [
      'full, and its oldest is as old as what was known',
      SEEN,
      [900],
      [1500],
      true,
      901,
      { from: 900, to: 900 },
    ],
    ['full, and all of it is newer', SEEN, [], [1300, 1500], true, 1301, { from: 900, to: 1300 }],
    ['not full: nothing can have left it', SEEN, [], [1300, 1500], false, 1000, null],
    ['empty, where there was something', SEEN, [], [], false, 1000, null],
    [
      'full, where there was nothing',
      { polledAt: 1000, newest: null, oldest: null },
      [],
      [1300, 1500],
      true,
      1301,
      { from: 1000, to: 1300 },
    ],
    [
      'full, of times that had come by when there was nothing',
      { polledAt: 1000, newest: null, oldest: null },
      [],
      [600, 700],
      true,
      601,
      { from: 0, to: 600 },
    ],
    [
      'full, and none of it is known, though all of it is older than what was',
      { polledAt: 1000, newest: 950, oldest: 500 },
      [],
      [700, 800],
      true,
      701,
      { from: 500, to: 700 },
    ],
    [
      'full, and only what is dated ahead is known',
      SEEN,
      [5000],
      [899, 1500],
      true,
      900,
      { from: 500, to: 899 },
    ],
  ])('%s', (_, before, known, unknown, isFull, from, gap) => {
    expect(judgeWindow(before, { polledAt: 2000, known, unknown, isFull })).toMatchObject({
      coverage: { from, to: 2000 },
      gap,
    })
  })
})

describe('the newest message that is believed', () => {
  const newestOf = (times: number[], newest: number | null, polledAt = 10 * DAY): number | null => {
    const before = newest === null ? null : { polledAt: 0, newest, oldest: 0 }
    return judgeWindow(before, { polledAt, known: [], unknown: times, isFull: false }).seen.newest
  }
  const minutes = (count: number): number[] => Array.from({ length: count }, (_, index) => index * 60_000)
  const ahead = (count: number): number[] => minutes(count).map((time) => 10 * DAY + 60_000 + time)

  it.each([
    ['none where there is none', [], null, null],
    ['has a time that has come', [8 * DAY, 9 * DAY, 10 * DAY], null, 10 * DAY],
    ['is not dated ahead, as up to nine may be', [9 * DAY, ...ahead(9)], null, 9 * DAY],
    ['is the tenth newest where the upstream is ahead', ahead(30), null, 10 * DAY + 60_000 * 21],
    [
      'is not from so far ahead as no clock is',
      [9 * DAY, ...ahead(20).map((time) => time + DAY)],
      null,
      9 * DAY,
    ],
    ['stays when it is listed no more', [], 9 * DAY, 9 * DAY],
    ['goes when a clock is set right by which it had come', [8 * DAY], 11 * DAY, 8 * DAY],
  ])('%s', (_, times, before, expected) => {
    expect(newestOf(times, before)).toBe(expected)
  })
})
