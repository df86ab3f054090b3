import { describe, expect, it } from 'vitest'
import { spanOf } from '../../src/address/time-choice.js'
import { EVERYTHING, parseView, printView, type View } from '../../src/address/view.js'

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

  it.each([
    '?status=nothing&direction=up&type=%00&time=soon&panel=__proto__&as=constructor',
    '?time=2026-02-31..2026-13-01',
    '?time=..',
    '?at=soon',
    '?time=1..2..3',
  ])('leaves out what cannot be read: %s', (address) => {
    expect(parseView(address)).toEqual(EVERYTHING)
  })
})

describe('a chosen time', () => {
  const now = new Date(2026, 10, 28, 15, 30).getTime()

  it.each([
    ['today', { kind: 'today' }, new Date(2026, 10, 28), null],
    ['yesterday', { kind: 'yesterday' }, new Date(2026, 10, 27), new Date(2026, 10, 28)],
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
