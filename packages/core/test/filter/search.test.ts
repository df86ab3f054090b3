import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesSearch } from '../../src/index.js'

describe('searching a text', () => {
  it.each([
    ['Your order is on the way', 'ORDER', true],
    ['Your order is on the way', 'order way', false],
    ['Große Straße', 'STRASSE', true],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς', true],
    ['50% off', '0%', true],
    ['500 off', '0%', false],
    ['a_b', 'a_b', true],
    ['aXb', 'a_b', false],
    ['<b>bold</b>', '<B>', true],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['', 'a', false],
    ['a\\b', '\\', true],
  ])('in %j for %j is %j', (text, search, expected) => {
    expect(matchesSearch(text, search)).toBe(expected)
  })

  it.each([null, '', 'some text'])('finds %j when nothing is searched for', (text) => {
    expect([matchesSearch(text, null), matchesSearch(text, '')]).toEqual([true, true])
  })

  it('finds no message without a text', () => {
    expect(matchesSearch(null, 'a')).toBe(false)
  })

  it('finds every part of a text, in any case', () => {
    const part = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(part, part, part, (before, search, after) => {
        const text = before + search + after
        expect(matchesSearch(text, search)).toBe(true)
        expect(matchesSearch(text.toUpperCase(), search)).toBe(true)
        expect(matchesSearch(text, search.toUpperCase())).toBe(true)
      }),
    )
  })
})
