import { parsePhone, parsePhonePrefix } from '@waybill/core'
import { describe, expect, test } from 'vitest'
import { phoneOptions } from '../../src/config/national-numbers.js'

describe('a national number', () => {
  test.each([
    ['DE', '030 23125380', '+493023125380'],
    ['DE', '(030) 231-253 80', '+493023125380'],
    ['DE', '0151 12345678', '+4915112345678'],
    ['AT', '0664 1234567', '+436641234567'],
    ['GB', '020 7946 0958', '+442079460958'],
    ['FR', '06 12 34 56 78', '+33612345678'],
    ['IT', '06 1234 5678', '+390612345678'],
    ['ES', '612 34 56 78', '+34612345678'],
    ['US', '(415) 555-2671', '+14155552671'],
    ['US', '415-555-2671', '+14155552671'],
    ['RU', '8 (912) 345-67-89', '+79123456789'],
    ['BR', '(11) 91234-5678', '+5511912345678'],
    ['IN', '09876543210', '+919876543210'],
  ] as const)('of %s: %s is %s', (country, text, value) => {
    expect(parsePhone(text, phoneOptions(country))).toEqual({ kind: 'number', value })
  })

  test.each([
    ['DE', '030'],
    ['DE', '030 1'],
    ['GB', '0123'],
    ['US', '(555) 1'],
  ] as const)('of %s that can be none is refused: %s', (country, text) => {
    expect(parsePhone(text, phoneOptions(country))).toEqual({
      kind: 'invalid',
      problem: `this is no number of the country ${country}.`,
    })
  })

  test('is refused without a country', () => {
    expect(parsePhone('030 23125380', phoneOptions(null))).toMatchObject({ kind: 'invalid' })
  })
})

test.each([
  '+14155552671',
  '0014155552671',
  '14155552671',
  '14155552671@c.us',
  '+44 20 7946 0958',
  '393331234567',
])('an international number is the same whatever the country: %s', (text) => {
  for (const country of ['DE', 'US', 'IT'] as const) {
    expect(parsePhone(text, phoneOptions(country))).toEqual(parsePhone(text))
  }
})

test.each([
  ['DE', '030', '+4930'],
  ['DE', '0', '+49'],
  ['DE', '0151-1', '+491511'],
  ['IT', '06', '+3906'],
  ['US', '(415', '+1415'],
  ['FR', '0033 1', '+331'],
] as const)('the beginning of a number of %s: %s is %s', (country, text, value) => {
  expect(parsePhonePrefix(text, phoneOptions(country))).toEqual({ kind: 'number', value })
})
