import { parseExactJson } from '@waybill/core'
import { expect, test } from 'vitest'
import { integerText, isRecordId, recordIdSchema } from '../../src/index.js'

test.each([
  ['0', '0'],
  ['7', '7'],
  [98765, '98765'],
  [Number.MAX_SAFE_INTEGER, '9007199254740991'],
  ['9223372036854775807', '9223372036854775807'],
  [parseExactJson('9223372036854775807'), '9223372036854775807'],
  [parseExactJson('9007199254740993'), '9007199254740993'],
  [parseExactJson('18446744073709551615'), '18446744073709551615'],
  [parseExactJson('7.0'), '7'],
])('%j is the id of a record', (value, id) => {
  expect(recordIdSchema.parse(value)).toBe(id)
  expect(isRecordId(id)).toBe(true)
})

test.each([
  '',
  ' 7',
  '7\n',
  '07',
  '+7',
  '-1',
  '1e3',
  '7.0',
  '0x7',
  '٧',
  'abc',
  '../7',
  '123456789012345678901',
])('%j is none', (text) => {
  expect(isRecordId(text)).toBe(false)
  expect(recordIdSchema.safeParse(text).success).toBe(false)
})

test.each([
  -1,
  1.5,
  2 ** 53,
  parseExactJson('1e400'),
  parseExactJson('-9223372036854775807'),
  Number.NaN,
  Infinity,
  null,
  undefined,
  true,
  [7],
  { id: 7 },
])('nor is %j', (value) => {
  expect(recordIdSchema.safeParse(value).success).toBe(false)
})

test.each([
  [7, '7'],
  [-7, '-7'],
  ['7', '7'],
  [1.5, 1.5],
  [2 ** 53, 2 ** 53],
  [parseExactJson('-9223372036854775808'), '-9223372036854775808'],
  [parseExactJson('-0'), '0'],
  [null, null],
])('%j is %j as the text of an integer', (value, text) => {
  expect(integerText(value)).toBe(text)
})
