import { expect, test } from 'vitest'
import { describeFailure } from '../../src/parts/failure.js'
import { failures } from '../../src/texts/failures.js'

test.each([
  ['131026', 'Message undeliverable'],
  ['131026', 'Message undeliverable.'],
  [null, '131026: Message undeliverable'],
  ['131026', '131026: Message undeliverable'],
  [null, '131026 - Message undeliverable'],
  [null, '(#131026) Message undeliverable'],
  [null, '#131026: Message undeliverable'],
  [null, 'Error 131026: Message undeliverable'],
  [null, 'Message undeliverable (131026)'],
  [null, 'Message undeliverable (code 131026)'],
  [null, 'Message undeliverable [131026]'],
])('a failure has one form, whichever way a source writes it: %s, "%s"', (code, reason) => {
  expect(describeFailure({ code, reason })).toBe('Message undeliverable (131026)')
})

test.each([
  ['a code alone', '131026', '131026', '131026'],
  ['a code without a reason', '131026', null, '131026'],
  ['words alone', null, 'Expired.', 'Expired.'],
  ['numbers that are no codes', null, '24 hours: the window has expired', '24 hours: the window has expired'],
  ['another code in the words', '999', '131026: undeliverable', '131026: undeliverable (999)'],
  ['a code of another system', '17', 'Blocked', 'Blocked (17)'],
  ['a number at the end', null, 'Not sent to 131026', 'Not sent to 131026'],
  ['nothing', null, null, null],
  ['white space', null, '  ', null],
])('a failure keeps what its source says: %s', (_, code, reason, expected) => {
  expect(describeFailure({ code, reason })).toBe(expected)
})

test('a source that says nothing of a failure has none', () => {
  expect(describeFailure(null)).toBeNull()
})

test('both languages explain the same codes', () => {
  expect(Object.keys(failures.de.codes)).toEqual(Object.keys(failures.en.codes))
})
