import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesSearch } from '../../src/index.js'
import { caseForms } from './code-points.js'
import { anyText } from '../any-text.js'

describe('searching a text', () => {
  it.each([
    ['Your order is on the way', 'ORDER', true],
    ['Your order is on the way', 'order way', false],
    ['GROẞE STRAẞE', 'straße', true],
    ['Große Straße', 'STRASSE', false],
    ['27 \u212A', 'k', false],
    ['Ünal, İzmir', 'ÜNAL', true],
    ['İZMİR', 'i', false],
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
    fc.assert(
      fc.property(
        anyText,
        anyText,
        anyText,
        fc.infiniteStream(fc.nat()),
        (before, search, after, choices) => {
          const recased = (text: string): string =>
            Array.from(text, (char) => {
              const forms = [char, ...caseForms(char)]
              return forms[choices.next().value % forms.length]
            }).join('')
          const text = before + search + after
          expect(matchesSearch(text, search)).toBe(true)
          expect(matchesSearch(recased(text), recased(search))).toBe(true)
        },
      ),
    )
  })
})
