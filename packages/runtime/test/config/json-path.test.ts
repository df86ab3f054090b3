import { expect, test } from 'vitest'
import { comparePaths, isWithin, type JsonPath } from '../../src/config/json-path.js'

test('paths are ordered by name, positions by number, ancestors first', () => {
  const ordered: JsonPath[] = [
    [],
    ['archive'],
    ['server', 'host'],
    ['sources'],
    ['sources', 2, 'id'],
    ['sources', 10],
    ['sources', 10, 'id'],
    ['sources', 10, 'options', 'token'],
  ]
  expect(ordered.toReversed().toSorted(comparePaths)).toEqual(ordered)
  expect(comparePaths(['a', 0], ['a', 0])).toBe(0)
})

test('a path is within itself and its ancestors', () => {
  expect(isWithin(['a', 0, 'b'], ['a', 0])).toBe(true)
  expect(isWithin(['a', 0], ['a', 0])).toBe(true)
  expect(isWithin(['a'], ['a', 0])).toBe(false)
  expect(isWithin(['a', 1], ['a', 0])).toBe(false)
})
