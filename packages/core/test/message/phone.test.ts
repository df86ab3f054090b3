import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalizePhone } from '../../src/index.js'

describe('the one form of a phone number', () => {
  it.each([
    ['14155552671', '+14155552671'],
    ['+14155552671', '+14155552671'],
    ['12345678', '+12345678'],
    ['123456789012345', '+123456789012345'],
  ])('reads %j as %j', (value, expected) => {
    expect(normalizePhone(value)).toBe(expected)
  })

  it.each([
    '',
    '+',
    '1234567',
    '1234567890123456',
    '++14155552671',
    '1 415 555 2671',
    'alice',
    '١٢٣٤٥٦٧٨',
    '12345678\n',
  ])('keeps %j', (value) => {
    expect(normalizePhone(value)).toBe(value)
  })

  it('changes nothing when it is applied twice', () => {
    const value = fc.oneof(fc.string(), fc.stringMatching(/^\+?\d{6,17}$/))
    fc.assert(
      fc.property(value, (text) => {
        expect(normalizePhone(normalizePhone(text))).toBe(normalizePhone(text))
      }),
    )
  })
})
