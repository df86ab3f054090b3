import { expect, test } from 'vitest'
import { describeDefect } from '../../src/index.js'

function thrownBy(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

test.each([
  ['Your code is 4711'],
  ['parcel'],
  ['{"to":"+493023125380","text":"Your code is 4711"'],
  ['{"text": "Your "code" is 4711"}'],
  ["{'text': 'Your code is 4711'}"],
  ['["Your code is 4711", x]'],
])('what a parser of JSON quotes is left out: %s', (text) => {
  const shown = describeDefect(thrownBy(() => JSON.parse(text)))
  expect(shown).toMatch(/^SyntaxError: /)
  expect(shown).not.toMatch(/Your|code|parcel|4711|4930/)
})

test.each([
  [
    'invalid input syntax for type bigint: "4915112345678"',
    'Error: invalid input syntax for type bigint: [value]',
  ],
  ['invalid value "Your code is 4711"', 'Error: invalid value [value]'],
  ['no number: 4915112345678', 'Error: no number: [number]'],
  ['relation "waybill.messages" does not exist', 'Error: relation "waybill.messages" does not exist'],
  ["cannot read '/srv/waybill/secret.json'", "Error: cannot read '[path]'"],
  ["the source's list isn't there", "Error: the source's list isn't there"],
  ['connect ECONNREFUSED 127.0.0.1:54321', 'Error: connect ECONNREFUSED 127.0.0.1:54321'],
])('values are left out, names stay: %s', (message, shown) => {
  expect(describeDefect(new Error(message))).toBe(shown)
})
