import { describe, expect, it } from 'vitest'
import type { ListReportFragment } from '../../src/api/operations.js'
import { EVERYTHING, parseView } from '../../src/address/view.js'
import { isOver, lacksCountryCode, queryOf, reportsOf } from '../../src/search/list-query.js'
import { meaningOf, otherMeanings } from '../../src/search/search-kind.js'

describe('a search line', () => {
  it.each([
    '+49 30 23125380',
    '004930 231-25380',
    '(030) 231 25380',
    '4930231253800',
    'whatsapp:+4930231253',
    '49302312538@c.us',
    '49302312538@s.whatsapp.net',
    'https://wa.me/493023125380',
    '\u202A+49\u00A030\u00A023125380\u202C',
  ])('is a number in any spelling: %s', (line) => {
    expect(meaningOf(line, 'auto')).toBe('number')
  })

  it.each(['hello', '15% off', '4711', 'order 493023125380', '2026-11-28 late', 'wamid', '😀'])(
    'is a text: %s',
    (line) => {
      expect(meaningOf(line, 'auto')).toBe('text')
    },
  )

  it('is an id of WhatsApp', () => {
    expect(meaningOf(' wamid.HBgNNTUx== ', 'auto')).toBe('id')
  })

  it('is what the person says', () => {
    expect(meaningOf('+49 30 23125380', 'text')).toBe('text')
  })

  it('offers the other readings that make sense', () => {
    expect(otherMeanings('4711', 'text')).toEqual(['number', 'id', 'conversation'])
    expect(otherMeanings('+49 30 23125380', 'number')).toEqual(['text', 'id', 'conversation'])
    expect(otherMeanings('where is my order', 'text')).toEqual([])
  })
})

describe('a number', () => {
  it.each([
    ['23125391', true],
    ['030 231 25391', true],
    ['4711', true],
    ['+49 30 23125391', false],
    ['0049 30 23125391', false],
    ['(0049) 30 23125391', false],
    ['order 23125391', false],
    ['', false],
  ])('may lack its country code: %s: %s', (search, lacks) => {
    expect(lacksCountryCode({ ...EVERYTHING, search })).toBe(lacks)
  })
})

describe('the reports of a query', () => {
  const report: ListReportFragment = {
    source: { id: 's', key: 'octo', label: 'Octopods' },
    outcome: 'OK',
    completeness: 'COMPLETE',
    reachesBackTo: '2026-11-25T12:00:00.000Z',
    gaps: [],
    warnings: [],
    error: null,
  }

  it.each([
    ['2026-11-26..2026-11-26', false],
    ['2026-11-24..2026-11-26', true],
    ['..2026-11-26', true],
    ['', true],
  ])('name the end of a history only where the query reaches beyond it: %s: %s', (time, isNamed) => {
    const query = queryOf(parseView(`?time=${time}`), 0)
    expect(reportsOf(query, [report])[0]?.reachesBackTo !== null).toBe(isNamed)
  })
})

describe('the query of a view', () => {
  it('of everything has no clause', () => {
    expect(queryOf(EVERYTHING, 0)).toEqual({ filter: {}, search: null })
  })

  it('has a clause for each choice', () => {
    const view = parseView(
      '?q=%2B49%2030%2023125380&status=failed&direction=inbound&type=text&source=shop&time=2026-11-01..',
    )
    expect(queryOf(view, 0)).toEqual({
      filter: {
        contact: { eq: '+49 30 23125380' },
        status: { in: ['FAILED'] },
        direction: { eq: 'INBOUND' },
        type: { in: ['TEXT'] },
        source: { in: ['shop'] },
        sentAt: { gte: new Date(2026, 10, 1).toISOString() },
      },
      search: null,
    })
  })
})

it.each([
  ['', false],
  ['today', false],
  ['week', false],
  ['yesterday', true],
  ['lastMonth', true],
  ['2026-11-01..', false],
  ['..2026-11-27', true],
  ['2026-11-01..2026-11-28', false],
])('more messages may come into a list until its time is over: "%s"', (time, expected) => {
  const now = new Date(2026, 10, 28, 15).getTime()
  expect(isOver(queryOf(parseView(`?time=${time}`), now), now)).toBe(expected)
})
