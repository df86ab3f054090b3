import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NationalNumbers, normalizePhone, parsePhone, parsePhonePrefix } from '../../src/index.js'
import { anyText } from '../any-text.js'

/** A country with the trunk prefix 0 and numbers of 7 to 11 digits. */
const germany: NationalNumbers = {
  country: 'DE',
  isInternational: (digits) => digits.startsWith('49'),
  readNumber: (digits) => (/^0?\d{7,11}$/.test(digits) ? `+49${digits.replace(/^0/, '')}` : null),
  readPrefix: (digits) => `+49${digits.replace(/^0/, '')}`,
}

const NUMBER = '+493023125380'

describe('one form of a phone number', () => {
  it.each([
    '+493023125380',
    '493023125380',
    '00493023125380',
    '+49 (30) 231-25380',
    '+49 (0)30 231 25380',
    '+49(0)3023125380',
    '0049 (0) 30 231 25380',
    '(+49) 30 23125380',
    '(0049) 30/23125380',
    '+49.30.231.253.80',
    '+49 30 / 231 253 80',
    'whatsapp:+493023125380',
    'WhatsApp:493023125380',
    'whatsapp:00493023125380',
    'tel:+49-30-23125380',
    'TEL: +49 30 23125380',
    '493023125380@c.us',
    '+493023125380@c.us',
    '493023125380@s.whatsapp.net',
    '493023125380:12@s.whatsapp.net',
    '493023125380.0:12@S.WhatsApp.net',
    'tel:+49-30-23125380;ext=12',
    'tel:+493023125380;isub=1;ext=7',
    'sms:+493023125380',
    'smsto:+49 30 23125380?body=Hello',
    'callto:+493023125380',
    'sip:+493023125380@provider.example;user=phone',
    'sips:+49-30-23125380@[2001:db8::1]:5061',
    'wa.me/493023125380',
    'WA.ME/+493023125380/',
    'http://wa.me/493023125380?text=Hello%20there',
    'https://www.wa.me/%2B493023125380#top',
    'https://api.whatsapp.com/send?phone=493023125380&text=Hello',
    'https://web.whatsapp.com/send/?text=Hello&phone=%2B49%2030%2023125380',
    'whatsapp://send?phone=493023125380',
    ' 493023125380',
    '493023125380\n',
    '\u202A+49 30 23125380\u202C',
    '\uFEFF+49\u200B3023125380\u2060',
    '+49\u00A030\u202F231\u200725380',
    '+49\u201130\u2013231\u201425380',
    '+49\u221230\u00AD23125380',
    '＋４９ （３０） ２３１－２５３８０',
    '+٤٩ ٣٠ ٢٣١٢٥٣٨٠',
    '+४९ ३० २३१२५३८०',
    '+𝟜𝟡3023125380',
  ])('reads %j', (text) => {
    expect(parsePhone(text)).toEqual({ kind: 'number', value: NUMBER })
    expect(normalizePhone(text)).toBe(NUMBER)
  })

  it.each([
    ['1 (415) 555-2671', '+14155552671'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['12345678', '+12345678'],
    ['123456789012345', '+123456789012345'],
  ])('reads %j as %j', (text, value) => {
    expect(parsePhone(text)).toEqual({ kind: 'number', value })
  })

  it.each([
    '120363040000000000@g.us',
    '4915112345678-1600000000@g.us',
    '123456789012345@lid',
    'status@broadcast',
    '120363@newsletter',
    'shop-bot',
    'alice',
    'Ана 7',
    'user_4711',
    'messenger:4711',
    'US.13491208655302741918',
    'agent-7@shop.example',
    'QWxpY2U/Qm9i=',
  ])('keeps the id %j', (text) => {
    expect(parsePhone(text)).toEqual({ kind: 'id', value: text })
    expect(normalizePhone(text)).toBe(text)
  })

  it.each([
    ['+49%', 'this is no phone number.'],
    ['%', 'this is no phone number.'],
    ['49*', 'this is no phone number.'],
    ['', 'this is no phone number.'],
    ['+', 'this is no phone number.'],
    ['++493023125380', 'this is no phone number.'],
    ['+49 30 23125380, +49 30 1', 'this is no phone number.'],
    ['+49 30 CALLME', 'this is no phone number.'],
    ['tel:23125380;phone-context=+4930', 'this is neither a phone number nor an id.'],
    ['sip:alice@provider.example', 'this is neither a phone number nor an id.'],
    ['sip:03023125380@provider.example', 'this is neither a phone number nor an id.'],
    ['mailto:alice@shop.example', 'this is neither a phone number nor an id.'],
    ['viber://chat?number=%2B493023125380', 'this is neither a phone number nor an id.'],
    ['https://wa.me/message/ABCDEFGH', 'this is neither a phone number nor an id.'],
    ['https://wa.me/alice', 'this is no phone number.'],
    ['wa.me/1234567', 'it has 7 digits, and a number has 8 to 15.'],
    ['wa.me/03023125380', 'no country code begins with 0.'],
    ['wa.me', 'this is neither a phone number nor an id.'],
    ['t.me/alice', 'this is neither a phone number nor an id.'],
    ['https://shop.example/customers/493023125380', 'this is neither a phone number nor an id.'],
    ['https%3A%2F%2Fwa.me%2F493023125380', 'this is neither a phone number nor an id.'],
    ['Tel.: +49 30 23125380', 'this is neither a phone number nor an id.'],
    ['Alice <+493023125380>', 'this is neither a phone number nor an id.'],
    ['493023125380 ext. 12', 'this is neither a phone number nor an id.'],
    ['493023125380x12', 'this is neither a phone number nor an id.'],
    ['@493023125380', 'this is neither a phone number nor an id.'],
    ['shop-*', 'this is neither a phone number nor an id.'],
    ['shop-%', 'this is neither a phone number nor an id.'],
    ['phone=493023125380', 'this is neither a phone number nor an id.'],
    ['whatsapp:shop', 'this is no phone number.'],
    ['4.915E+12', 'a spreadsheet or a program has shortened this number: write all of its digits.'],
    ['4,915E+12', 'a spreadsheet or a program has shortened this number: write all of its digits.'],
    ['+4.91511234568e12', 'a spreadsheet or a program has shortened this number: write all of its digits.'],
    ['5E+11', 'a spreadsheet or a program has shortened this number: write all of its digits.'],
    [' ４.915e+12', 'a spreadsheet or a program has shortened this number: write all of its digits.'],
    ['1234567', 'it has 7 digits, and a number has 8 to 15.'],
    ['+1', 'it has 1 digit, and a number has 8 to 15.'],
    ['+49 30 2312538012345678', 'it has 20 digits, and a number has 8 to 15.'],
    ['1234567@c.us', 'it has 7 digits, and a number has 8 to 15.'],
    ['+03023125380', 'no country code begins with 0.'],
    ['000493023125380', 'no country code begins with 0.'],
    ['03023125380@c.us', 'no country code begins with 0.'],
  ])('refuses %j: %s', (text, problem) => {
    expect(parsePhone(text)).toEqual({ kind: 'invalid', problem })
    expect(normalizePhone(text)).toBe(text)
  })

  it.each(['-a', 'a.', 'sms: ', 'tel: ;ext=', 'whatsapp: ', '+1 ', 'wa.me/', 'x&', '%20', '(0)', '\u200B'])(
    'ends with a text of many times %j, which a pattern could try in millions of ways',
    (part) => {
      for (const text of [part.repeat(20_000), `a${part.repeat(20_000)}`, `${part}${' '.repeat(60_000)};`])
        for (const reading of [parsePhone(text), parsePhonePrefix(text)])
          expect(reading.kind).not.toBe('number')
      expect(parsePhone(`${'-'.repeat(60_000)}a`).kind).not.toBe('number')
    },
  )

  it.each(['030 23125380', '(030) 23125380', 'tel:030-23125380', '(30) 23125380', '0151 / 12 34 56 78'])(
    'reads the national number %j only with its country',
    (text) => {
      expect(parsePhone(text)).toEqual({
        kind: 'invalid',
        problem:
          'this is a national number, and no country is configured to read it with: set "defaultCountry", or write the ' +
          'number with its country code.',
      })
      expect(parsePhone(text, { national: germany })).toMatchObject({ kind: 'number' })
      expect(normalizePhone(text)).toBe(text)
    },
  )

  it('takes digits without a prefix for an international number before a national one', () => {
    expect(parsePhone('493023125380', { national: germany })).toEqual({ kind: 'number', value: NUMBER })
    expect(parsePhone('3023125380', { national: germany })).toEqual({ kind: 'number', value: NUMBER })
    expect(parsePhone('+3023125380', { national: germany })).toEqual({ kind: 'number', value: '+3023125380' })
    expect(parsePhone('3023125380@c.us', { national: germany })).toEqual({
      kind: 'number',
      value: '+3023125380',
    })
  })

  it('refuses what is no number of the country', () => {
    expect(parsePhone('030 1', { national: germany })).toEqual({
      kind: 'invalid',
      problem: 'this is no number of the country DE.',
    })
  })

  it('keeps apart the several numbers that a country gives one mobile phone', () => {
    const pairs = [
      ['+52 1 55 1234 5678', '+52 55 1234 5678'],
      ['+54 9 11 2345 6789', '+54 11 2345 6789'],
      ['+55 11 91234 5678', '+55 11 1234 5678'],
    ] as const
    for (const [a, b] of pairs) expect(normalizePhone(a)).not.toBe(normalizePhone(b))
  })

  it('is the same for every way to write a number', () => {
    fc.assert(
      fc.property(spellings, ({ number, text }) => {
        expect(parsePhone(text)).toEqual({ kind: 'number', value: number })
        expect(parsePhone(text, { national: germany })).toEqual({ kind: 'number', value: number })
      }),
      { numRuns: 500 },
    )
  })

  it('stays as it is when it is read again', () => {
    const pieces = fc.array(fc.constantFrom(...'+00(0) 49-30@c.us:tel.whatsapp%\u00A0٣'.split('')), {
      maxLength: 20,
    })
    const texts = fc.oneof(
      anyText,
      fc.bigInt({ min: 0n, max: 10n ** 17n }).map((value) => `+${value}`),
      pieces.map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(texts, (text) => {
        const once = normalizePhone(text)
        expect(normalizePhone(once)).toBe(once)
        const reading = parsePhone(text)
        if (reading.kind !== 'invalid') expect(parsePhone(reading.value)).toEqual(reading)
        if (reading.kind === 'number') expect(reading.value).toMatch(/^\+[1-9]\d{7,14}$/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('the beginning of a phone number', () => {
  it.each([
    ['+49', '+49'],
    ['49', '+49'],
    ['0049', '+49'],
    ['whatsapp:+49', '+49'],
    ['tel:+49-30', '+4930'],
    ['+49 (30) 231', '+4930231'],
    ['+49 (0)30', '+4930'],
    ['+', '+'],
    ['00', '+'],
    ['whatsapp:', '+'],
    ['+493023125380', '+493023125380'],
  ])('%j is %j', (text, value) => {
    expect(parsePhonePrefix(text)).toEqual({ kind: 'number', value })
  })

  it.each(['', 'shop-', 'a', 'x_'])('%j is the beginning of an id', (text) => {
    expect(parsePhonePrefix(text)).toEqual({ kind: 'id', value: text })
  })

  it.each(['+49%', '%', '-', '+0', '0', '030', '+1234567890123456', '4930@c.us', 'x'.repeat(201)])(
    '%j is refused',
    (text) => {
      expect(parsePhonePrefix(text)).toMatchObject({ kind: 'invalid' })
    },
  )

  it.each(['%2B493023125380', '%2b49 30 23125380', '%20493023125380', 'tel:%2B493023125380', '+%2B49302312'])(
    '%j is refused as percent-encoded, not taken for an id',
    (text) => {
      const refused = { kind: 'invalid', problem: expect.stringContaining('percent-encoded') as unknown }
      expect(parsePhone(text)).toEqual(refused)
      expect(parsePhonePrefix(text)).toEqual(refused)
      expect(normalizePhone(text)).toBe(text)
    },
  )

  it.each(['100%20off', 'shop%2B', '%2Bshop'])('%j is still an id', (text) => {
    expect(parsePhone(text)).toEqual({ kind: 'id', value: text })
  })

  it('is read with the country where it is a national one', () => {
    expect(parsePhonePrefix('030', { national: germany })).toEqual({ kind: 'number', value: '+4930' })
    expect(parsePhonePrefix('(30', { national: germany })).toEqual({ kind: 'number', value: '+4930' })
  })

  it('begins the number, wherever its digits are cut off', () => {
    fc.assert(
      fc.property(spellings, fc.nat(40), ({ number, text }, length) => {
        const reading = parsePhonePrefix(text.slice(0, length))
        if (reading.kind === 'number') expect(number.startsWith(reading.value)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

const separators = fc.constantFrom(
  '',
  ' ',
  '-',
  '.',
  '/',
  '\u00A0',
  '\u2011',
  '\u2013',
  '\u202F',
  ' - ',
  '\u200E',
)

/** Numbers with one of the ways to write each. */
const spellings: fc.Arbitrary<{ readonly number: string; readonly text: string }> = fc
  .record({
    digits: fc.bigInt({ min: 10_000_000n, max: 999_999_999_999_999n }).map(String),
    breaks: fc.array(separators, { minLength: 15, maxLength: 15 }),
    bracketAt: fc.integer({ min: 1, max: 3 }),
    isBracketed: fc.boolean(),
    zero: fc.constantFrom(0x30, 0xff10, 0x0660, 0x0966),
    form: fc.constantFrom(
      '+',
      '00',
      'whatsapp:+',
      'whatsapp:',
      'tel:+',
      'tel:00',
      ' +',
      '@c.us',
      ':3@s.whatsapp.net',
    ),
  })
  .map(({ digits, breaks, bracketAt, isBracketed, zero, form }) => {
    const written = Array.from(digits, (digit) => String.fromCodePoint(zero + Number(digit)))
    // A WhatsApp id holds digits alone, and behind a scheme without a sign a bracket would make the number national.
    const isPlain = form.includes('@') || form === 'whatsapp:'
    const spaced = isPlain ? written : written.map((digit, at) => (at === 0 ? '' : breaks[at]) + digit)
    if (isBracketed && !isPlain)
      spaced.splice(bracketAt, 2, ` (${spaced.slice(bracketAt, bracketAt + 2).join('')}) `)
    const body = spaced.join('')
    return { number: `+${digits}`, text: form.includes('@') ? body + form : form + body }
  })
