import { describe, expect, it } from 'vitest'
import { daysOfSpan, nextMidnight, spanOf, timeFaultOf } from '../../src/address/time-choice.js'
import { changedView, EVERYTHING, parseView, printView, type View } from '../../src/address/view.js'

const FULL: View = {
  search: '+49 30 & co, ü=1 #?',
  searchAs: 'text',
  status: ['DELIVERED', 'FAILED'],
  direction: 'OUTBOUND',
  type: ['TEXT'],
  source: ['octo', 'shop'],
  time: { kind: 'days', from: '2026-11-01', to: null },
  message: 'bWVzc2FnZQ',
  at: '2026-11-01T10:00:00.000Z',
  panel: 'sources',
  unreadable: [],
}

describe('the address', () => {
  it('of everything is empty', () => {
    expect(printView(EVERYTHING)).toBe('')
    expect(parseView('')).toEqual(EVERYTHING)
  })

  it('brings back every choice', () => {
    expect(parseView(printView(FULL))).toEqual(FULL)
  })

  it('is short and can be read', () => {
    expect(printView({ ...EVERYTHING, status: ['FAILED', 'READ'], time: { kind: 'today' } })).toBe(
      '?status=failed,read&time=today',
    )
  })

  it.each(['?panel=__proto__&as=constructor', '?at=soon', '?utm_source=mail'])(
    'leaves out what cannot be read and changes no list: %s',
    (address) => {
      expect(parseView(address)).toEqual(EVERYTHING)
    },
  )

  it.each([
    ['?status=faild', [{ name: 'status', value: 'faild' }]],
    ['?status=failed,__proto__,x', [{ name: 'status', value: '__proto__,x' }]],
    [
      '?direction=up&type=%00',
      [
        { name: 'direction', value: 'up' },
        { name: 'type', value: '\0' },
      ],
    ],
  ])('keeps what cannot be read of the choices of a list: %s', (address, unreadable) => {
    expect(parseView(address).unreadable).toEqual(unreadable)
    expect(printView(parseView(address))).toBe(address)
  })
})

describe('a change of the view', () => {
  it('begins another list at its newest message, and keeps the place in the same one', () => {
    expect(changedView(FULL, { search: 'x' }).at).toBeNull()
    expect(changedView(FULL, { message: null, panel: 'download' }).at).toBe(FULL.at)
    expect(changedView(FULL, { source: [], at: FULL.at }).at).toBe(FULL.at)
  })

  it.each([
    [{ status: ['FAILED'] }, '?status=failed&direction=foo&type=bar'],
    [{ direction: 'INBOUND' }, '?status=faild&direction=inbound&type=bar'],
    [{ type: [] }, '?status=faild&direction=foo'],
    [{ search: 'x' }, '?q=x&status=faild&direction=foo&type=bar'],
    [EVERYTHING, ''],
  ] as const)('keeps what cannot be read until its own choice is made: %o', (change, address) => {
    expect(printView(changedView(parseView('?status=faild&direction=foo&type=bar'), change))).toBe(address)
  })
})

describe('the time in the address', () => {
  it.each([
    'soon',
    '2026-02-31..2026-13-01',
    '0002-10-01..',
    '..0001-03-11',
    '2026-11-01..0026-11-30',
    '1999-12-31..',
    '2026-11-01..tomorrow',
    '1..2..3',
    '2026-11-01',
  ])('is never taken for all of time where it cannot be read, and is kept: %s', (time) => {
    const view = parseView(`?status=failed&time=${time}`)
    expect(view.time).toEqual({ kind: 'unreadable', text: time })
    expect(timeFaultOf(view.time)).toBe('unreadable')
    expect(printView(view)).toBe(`?status=failed&time=${time}`)
  })

  it('is at fault where it ends before it begins', () => {
    expect(timeFaultOf(parseView('?time=2026-11-29..2026-10-31').time)).toBe('reversed')
  })

  it.each(['2026-11-29..2026-11-29', '2026-11-01..', '..2026-11-01', '..', 'lastMonth', ''])(
    'is in order: %s',
    (time) => {
      expect(timeFaultOf(parseView(`?time=${time}`).time)).toBeNull()
    },
  )
})

describe('a chosen time', () => {
  const now = new Date(2026, 10, 28, 15, 30).getTime()

  it.each([
    ['today', { kind: 'today' }, new Date(2026, 10, 28), null],
    ['yesterday', { kind: 'yesterday' }, new Date(2026, 10, 27), new Date(2026, 10, 28)],
    ['this month', { kind: 'month' }, new Date(2026, 10, 1), null],
    ['the last month', { kind: 'lastMonth' }, new Date(2026, 9, 1), new Date(2026, 10, 1)],
    ['the last seven days', { kind: 'week' }, new Date(2026, 10, 22), null],
    [
      'two days, both included',
      { kind: 'days', from: '2026-10-24', to: '2026-10-25' },
      new Date(2026, 9, 24),
      new Date(2026, 9, 26),
    ],
  ] as const)('begins and ends at midnight here: %s', (_, choice, from, to) => {
    expect(spanOf(choice, now)).toEqual({ from, to })
  })
})

describe('a span of the history of a source', () => {
  it.each([
    [new Date(2026, 10, 27, 9), new Date(2026, 10, 28, 1), '2026-11-27..2026-11-28'],
    [new Date(2026, 10, 27, 9), new Date(2026, 10, 27, 10), '2026-11-27..2026-11-27'],
    [new Date(0), new Date(2026, 10, 28), '..2026-11-28'],
    [new Date(1999, 11, 31), new Date(2026, 10, 28), '..2026-11-28'],
  ])('has days that an address may have: %s to %s', (from, to, days) => {
    const address = printView({ ...EVERYTHING, time: daysOfSpan({ from, to }) })
    expect(address).toBe(`?time=${days}`)
    expect(timeFaultOf(parseView(address).time)).toBeNull()
  })
})

it.each([
  [new Date(2026, 10, 28), new Date(2026, 10, 29)],
  [new Date(2026, 11, 31, 23, 59, 59, 999), new Date(2027, 0, 1)],
  // A day of 25 hours, and one of 23, where clocks are changed.
  [new Date(2026, 9, 25, 1), new Date(2026, 9, 26)],
  [new Date(2026, 2, 29, 1), new Date(2026, 2, 30)],
])('the day after %s begins at midnight', (time, next) => {
  expect(nextMidnight(time)).toEqual(next)
})
