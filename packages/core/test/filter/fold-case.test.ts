import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from '../../src/index.js'
import { caseForms, codePoints, isAscii, isSingle } from './code-points.js'
import { anyText } from '../any-text.js'

const letters = fc.string({ unit: fc.constantFrom(...Array.from('aΣσςßẞıİKkſﬁ̇ΐᾳᾼ𐐀𐐨Å .x')) })
const texts = fc.oneof(anyText, letters)

/** The definition, word for word. */
function foldedByDefinition(char: string): string {
  const upper = char.toUpperCase()
  const candidates = [isSingle(upper) ? upper.toLowerCase() : '', char.toLowerCase()]
  return candidates.find((found) => isSingle(found) && isAscii(found) === isAscii(char)) ?? char
}

describe('folding letter case', () => {
  it.each([
    ['Hello', 'hello'],
    ['ÄÖÜ', 'äöü'],
    ['Straße', 'straße'],
    ['STRAẞE', 'straße'],
    ['STRASSE', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['\u212B', 'å'],
    ['\u2126 µ \u1FBE', 'ω μ ι'],
    ['ᾼ', 'ᾳ'],
    ['ǅ', 'ǆ'],
    ['ПРИВЕТ', 'привет'],
    ['𐐀', '𐐨'],
    ['100% _', '100% _'],
    ['é', 'é'],
    ['日本語 مرحبا', '日本語 مرحبا'],
  ])('folds %j to %j', (given, expected) => {
    expect(foldCase(given)).toBe(expected)
  })

  it.each(['\u212A', 'ſ', 'ı', 'İ', 'ﬁ', 'ŉ', 'ǰ', 'ẖ'])(
    'leaves %j, which would become ASCII, alone',
    (char) => {
      expect(foldCase(char)).toBe(char)
    },
  )

  it('folds every code point as defined', () => {
    expect(codePoints().filter((char) => foldCase(char) !== foldedByDefinition(char))).toEqual([])
  })

  it('changes nothing that is folded already', () => {
    expect(codePoints().filter((char) => foldCase(foldCase(char)) !== foldCase(char))).toEqual([])
  })

  it('makes one of one code point, on the same side of ASCII', () => {
    const wrong = codePoints().filter((char) => {
      const folded = foldCase(char)
      return !isSingle(folded) || isAscii(folded) !== isAscii(char)
    })
    expect(wrong).toEqual([])
  })

  it('does not distinguish a code point from its upper and lower case, unless they are several or cross into ASCII', () => {
    const told = codePoints().filter((char) =>
      caseForms(char).some((form) => foldCase(form) !== foldCase(char)),
    )
    expect(told).toEqual([])
  })

  it('folds ASCII by A–Z alone', () => {
    const ascii = String.fromCodePoint(...Array.from({ length: 0x80 }, (_, code) => code))
    expect(foldCase(ascii)).toBe(ascii.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()))
  })

  it('folds every code point by itself', () => {
    fc.assert(
      fc.property(texts, (value) => {
        expect(foldCase(value)).toBe(Array.from(value, (char) => foldCase(char)).join(''))
      }),
    )
  })

  it('folds parts as the whole', () => {
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        expect(foldCase(a) + foldCase(b)).toBe(foldCase(a + b))
      }),
    )
  })

  it('folds twice like once', () => {
    fc.assert(
      fc.property(texts, (value) => {
        expect(foldCase(foldCase(value))).toBe(foldCase(value))
      }),
    )
  })
})
