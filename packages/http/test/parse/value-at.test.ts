import { expect, test } from 'vitest'
import { valueAt } from '../../src/index.js'

const BODY = { data: [{ id: 7, message: null }], total: 0 }

test.each([
  [[], BODY],
  [['data', 0, 'id'], 7],
  [['data', 0, 'message'], null],
  [['total'], 0],
])('what stands at %j is found', (path, value) => {
  expect(valueAt(BODY, path)).toEqual(value)
})

test.each([
  [['meta']],
  [['meta', 'total']],
  [['data', 1]],
  [['data', 0, 'message', 'text']],
  [['total', 'toFixed']],
  [['constructor']],
  [['__proto__', 'toString']],
  [['data', 'map']],
])('nothing stands at %j', (path) => {
  expect(valueAt(BODY, path)).toBeUndefined()
})

test('what JSON calls __proto__ is found as its own member only', () => {
  expect(valueAt(JSON.parse('{"__proto__": 1}'), ['__proto__'])).toBe(1)
})
