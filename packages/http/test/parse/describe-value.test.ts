import { expect, test } from 'vitest'
import { describeValue } from '../../src/index.js'

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  ['', 'empty text'],
  [' \t', 'blank text'],
  ['octo-s3cret-key', 'text'],
  [0, 'a number'],
  [false, 'a boolean'],
  [[], 'an empty array'],
  [[7], 'an array'],
  [{}, 'an object'],
])('%j is described without its contents, as %s', (value, description) => {
  expect(describeValue(value)).toBe(description)
})
