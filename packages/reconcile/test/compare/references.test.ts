import { expect, test } from 'vitest'
import { holdsReference, longestWord, rawValues, wordsOf } from '../../src/compare/references.js'

test('the values of a raw object are its texts and numbers, however deep', () => {
  const raw = {
    id: 7,
    meta: { tags: ['a', { ref: 'ORD-1' }], no: null, is: true },
    big: 12345678901234567890n,
  }
  expect(rawValues(raw)).toEqual(['7', 'a', 'ORD-1', '12345678901234567890'])
})

test('an object that is deeper or larger than any message is read in part', () => {
  let deep: unknown = 'bottom'
  for (let depth = 0; depth < 100; depth++) deep = [deep]
  expect(rawValues(deep)).toEqual([])
  expect(rawValues(Array.from({ length: 5000 }, String))).toHaveLength(1000)
})

test.each([
  ['ORD-17', ['ORD-17'], true],
  ['ORD-17', [' ORD-17 '], true],
  ['ORD-17', ['ref=ORD-17;x=1'], true],
  ['ORD-17', ['Your order ORD-17.'], true],
  ['ORD-17', ['ORD-170'], false],
  ['ORD-17', ['XORD-17'], false],
  ['ORD-17', ['ORD-170, ORD-17'], true],
  ['17', ['17'], true],
  ['17', ['order 17'], false],
  ['Größe', ['Größe𝐀'], false],
])('%s in %j: %s', (reference, values, expected) => {
  expect(holdsReference(values, reference)).toBe(expected)
  // What holds a reference is found by the reference's longest word.
  if (expected) expect([...wordsOf(values)]).toContain(longestWord(reference))
})
