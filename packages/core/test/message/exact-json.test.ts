import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isExactNumber, parseExactJson, toPlainNumbers } from '../../src/index.js'

/** Numbers that JavaScript would write in other digits. */
const CHANGED = [
  '12345678901234567890',
  '-9223372036854775808',
  '9007199254740993',
  '1e400',
  '-1e400',
  '1E5',
  '1.10',
  '1.0',
  '-0',
  '-0.0',
  '0.1234567890123456789',
  '1e-400',
]

describe('parseExactJson', () => {
  it.each(CHANGED)('keeps the digits of %s, wherever it occurs', (digits) => {
    for (const text of [digits, `[${digits}]`, `{"a":"1.5","b":[{"c":${digits}}],"d":7}`]) {
      expect(JSON.stringify(parseExactJson(text))).toBe(text)
    }
  })

  it('reads all other values as JSON.parse does', () => {
    const text = String.raw`{"id":7,"price":1.5,"big":9007199254740991,"text":"say \"1.10\" \\","none":null,"yes":true}`
    expect(parseExactJson(text)).toStrictEqual(JSON.parse(text))
  })

  it('is not confused by digits inside of texts', () => {
    const text = String.raw`["1.10","-0","12345678901234567890","\\","\"","1e400"]`
    expect(parseExactJson(text)).toStrictEqual(JSON.parse(text))
  })

  it('refuses what JSON.parse refuses', () => {
    for (const text of ['', '{', '1.', '01', '"\\"', '"abc', '[1.10', 'NaN']) {
      expect(() => parseExactJson(text)).toThrow(SyntaxError)
    }
  })

  it('gives back every text that was written by JSON.stringify, exact numbers among it', () => {
    const digits = fc.constantFrom(...CHANGED, '0', '-1', '1.5')
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 2, depthSize: 'small' },
        digits,
        fc.string({ unit: 'binary', maxLength: 8 }).map((text) => JSON.stringify(text)),
        fc.constantFrom('null', 'true', 'false'),
        fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
        fc
          .uniqueArray(
            fc.tuple(
              fc.string().map((name) => `k${name}`),
              tie('value'),
            ),
            { selector: ([name]) => name, maxLength: 4 },
          )
          .map(
            (members) =>
              `{${members.map(([name, each]) => `${JSON.stringify(name)}:${String(each)}`).join(',')}}`,
          ),
      ),
    }))
    fc.assert(
      fc.property(value, (text) => {
        expect(JSON.stringify(parseExactJson(text))).toBe(text)
      }),
    )
  })
})

describe('isExactNumber', () => {
  it('knows the numbers that a JavaScript number would change, and nothing else', () => {
    expect(CHANGED.every((digits) => isExactNumber(parseExactJson(digits)))).toBe(true)
    const others = [7, '1.10', null, undefined, {}, { rawJSON: '1.10' }, [1.1]]
    expect(others.filter(isExactNumber)).toEqual([])
  })
})

describe('toPlainNumbers', () => {
  it('has plain numbers where these mean the same', () => {
    const value = parseExactJson('{"a":1.10,"b":[1e3,-0,{"c":0.5000}],"d":"1.10"}')
    expect(toPlainNumbers(value)).toEqual({ a: 1.1, b: [1000, -0, { c: 0.5 }], d: '1.10' })
  })

  it('leaves what a number cannot hold', () => {
    const value = parseExactJson('[12345678901234567890,1e400,1.0]')
    expect(JSON.stringify(toPlainNumbers(value))).toBe('[12345678901234567890,1e400,1]')
  })

  it('copies nothing that needs no change', () => {
    const value = parseExactJson('{"a":[12345678901234567890,7],"b":{"c":null}}')
    expect(toPlainNumbers(value)).toBe(value)
  })
})
