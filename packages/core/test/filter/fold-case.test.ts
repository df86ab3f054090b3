import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldCase } from '../../src/index.js'

const text = fc.string({ unit: 'binary' })
const letters = fc.string({ unit: fc.constantFrom(...Array.from('aΣσςßẞıİKkſﬁ̇ΐᾳ𐐀𐐨 .x')) })
const anyText = fc.oneof(text, letters)

describe('folding letter case', () => {
  it.each([
    ['Hello', 'hello'],
    ['ÄÖÜ', 'äöü'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['οδος', 'οδοσ'],
    ['\u212A', 'k'],
    ['ſ', 's'],
    ['ı', 'i'],
    ['İ', 'i\u0307'],
    ['ﬁ', 'fi'],
    ['ПРИВЕТ', 'привет'],
    ['𐐀', '𐐨'],
    ['100% _', '100% _'],
    ['é', 'é'],
    ['日本語 مرحبا', '日本語 مرحبا'],
  ])('folds %j to %j', (given, expected) => {
    expect(foldCase(given)).toBe(expected)
  })

  it('folds a code point, its upper case and its lower case alike, and twice like once', () => {
    const different: string[] = []
    for (let code = 0; code <= 0x10ffff; code += 1) {
      if (code >= 0xd800 && code <= 0xdfff) continue
      const char = String.fromCodePoint(code)
      const folded = foldCase(char)
      const forms = [char.toUpperCase(), char.toLowerCase(), folded].map(foldCase)
      if (forms.some((form) => form !== folded)) different.push(code.toString(16))
    }
    expect(different).toEqual([])
  })

  it('folds every code point by itself', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(foldCase(value)).toBe(Array.from(value, (char) => foldCase(char)).join(''))
      }),
    )
  })

  it('folds parts as the whole', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        expect(foldCase(a) + foldCase(b)).toBe(foldCase(a + b))
      }),
    )
  })

  it('does not tell cases apart', () => {
    fc.assert(
      fc.property(anyText, (value) => {
        expect(foldCase(value.toUpperCase())).toBe(foldCase(value))
        expect(foldCase(value.toLowerCase())).toBe(foldCase(value))
        expect(foldCase(foldCase(value))).toBe(foldCase(value))
      }),
    )
  })
})
