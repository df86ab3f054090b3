import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchesSearch, searchForm } from '../../src/index.js'
import { caseForms, codePoints, isAscii } from './code-points.js'
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
    ['Caf\u00E9', 'cafe\u0301', true],
    ['Cafe\u0301', 'CAF\u00C9', true],
    ['Cafe\u0301', 'cafe', false],
    ['Caf\u00E9', 'cafe', false],
    ['\u1EB9\u0301', 'e\u0301\u0323', true],
    ['J\u030C', '\u01F0', true],
    ['\u01F0', 'J\u030C', true],
    ['\uAC01', '\u1100\u1161\u11A8', true],
    ['\u212B', 'A\u030A', true],
    ['\u037E', ';', false],
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
          // What composes with the search is a letter of which the search is no part.
          fc.pre(searchForm(text) === searchForm(before) + searchForm(search) + searchForm(after))
          expect(matchesSearch(text, search)).toBe(true)
          expect(matchesSearch(recased(text), recased(search))).toBe(true)
        },
      ),
    )
  })
})

/** Letters, marks that compose with them in several orders, and what Unicode replaces. */
const composing = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...Array.from(
          'aAeEjJhoOuU\u0131\u0301\u0323\u030C\u0302\u0331\u0308\u0345\u03B1\u03AC\u1FB3\u212B\u2126',
        ),
      ),
      fc.constantFrom(
        ...Array.from('\u00E9\u01F0\u1EB9\u1E96\u0915\u093C\u0958\u1100\u1161\u11A8\uAC00\uFB1D\u0344'),
      ),
      fc.integer({ min: 0xa0, max: 0xd7ff }).map((code) => String.fromCodePoint(code)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''))
  // Unicode replaces these three by ASCII, and a search does not.
  .filter((text) => !/[\u037E\u1FEF\u212A]/.test(text))

describe('the form in which texts are searched', () => {
  it('is the same for a text in NFC, in NFD and in between', () => {
    fc.assert(
      fc.property(composing, (text) => {
        expect(searchForm(text.normalize('NFC'))).toBe(searchForm(text))
        expect(searchForm(text.normalize('NFD'))).toBe(searchForm(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('stays as it is', () => {
    fc.assert(
      fc.property(fc.oneof(composing, anyText), (text) => {
        expect(searchForm(searchForm(text))).toBe(searchForm(text))
      }),
      { numRuns: 2000 },
    )
    expect(codePoints().filter((char) => searchForm(searchForm(char)) !== searchForm(char))).toEqual([])
  })

  it('makes no ASCII of anything else', () => {
    const made = codePoints().filter((char) => !isAscii(char) && /[\0-\x7F]/.test(searchForm(char)))
    expect(made).toEqual([])
  })
})
