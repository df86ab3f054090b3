import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findJsonFault } from '../../src/config/json-fault.js'

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** JSON with one character put in, taken out, or changed: most of it is broken, some is not. */
const nearlyJson = fc
  .record({
    text: fc.json(),
    at: fc.nat(),
    put: fc.constantFrom(
      '',
      '"',
      ',',
      ':',
      '{',
      '}',
      '[',
      ']',
      '\\',
      '0',
      '-',
      '.',
      'e',
      '\n',
      '\t',
      't',
      '\u0000',
    ),
    remove: fc.nat(1),
  })
  .map(({ text, at, put, remove }) => {
    const position = at % (text.length + 1)
    return text.slice(0, position) + put + text.slice(position + remove)
  })

describe('findJsonFault', () => {
  test('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const fault = findJsonFault(text)
        fc.pre(fault?.expected !== 'each name once in an object')
        expect(fault === undefined).toBe(parses(text))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['', 1, 1, 'a JSON value', 'the end of the file'],
    ['{"a": 1,}', 1, 9, 'a name in double quotes', '"}"'],
    ['{\n  "a": 1\n  "b": 2\n}', 3, 3, '"," or "}"', 'a double quote'],
    ['{\r\n"a" 1}', 2, 5, '":"', '"1"'],
    ["{'a': 1}", 1, 2, 'a name in double quotes', '"\'"'],
    ['[1, 2', 1, 6, '"," or "]"', 'the end of the file'],
    ['[01]', 1, 3, '"," or "]"', '"1"'],
    ['[tru]', 1, 2, 'a JSON value', '"t"'],
    ['{"a": "b\n"}', 1, 9, 'the closing double quote of the text', 'the end of the line'],
    ['{"a": "\\x"}', 1, 8, 'a valid escape sequence', '"\\"'],
    ['{} // note', 1, 4, 'the end of the file', '"/"'],
    ['\u0007', 1, 1, 'a JSON value', 'U+0007'],
    ['{"a": 1,\n "\\u0061": 2}', 2, 2, 'each name once in an object', 'a name for the second time'],
  ])('says what is wrong with %j', (text, line, column, expected, found) => {
    expect(findJsonFault(text)).toEqual({ line, column, expected, found })
  })

  test('never shows more than one character of the text', () => {
    fc.assert(
      fc.property(nearlyJson, (text) => {
        const fault = findJsonFault(text.replaceAll('"', '"s3cret'))
        expect(JSON.stringify(fault ?? null)).not.toContain('s3cret')
      }),
    )
  })
})
