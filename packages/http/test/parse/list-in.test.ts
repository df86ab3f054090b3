import { expect, test } from 'vitest'
import { listIn } from '../../src/index.js'

const [A, B] = [{ id: 7 }, { id: 5 }]

test.each([
  [
    [A, B],
    [A, B],
  ],
  [[], []],
  [{ 0: A, 2: B }, [A, B]],
  [{ '7': A, '12': null }, [A, null]],
  [{ 0: [] }, [[]]],
])('%j has the items of a list', (value, items) => {
  expect(listIn(value)).toEqual(items)
})

test.each([
  {},
  null,
  'text',
  7,
  { id: 7 },
  { 0: A, total: 1 },
  { 0: 3, 1: 4 },
  { '-1': A },
  { '1.5': A },
  { '9999999999': A },
])('%j is no list', (value) => {
  expect(listIn(value)).toBeNull()
})
