import { expect, test } from 'vitest'
import { maskNumbers } from '../src/text/foreign-text.js'

test.each([
  ['to +4915112345678', 'to [number]'],
  ['to +49 (151) 123-45678.', 'to [number].'],
  ['to 030/23 12 53', 'to [number]'],
  ['code 12345', 'code [number]'],
  ['رقم ٠١٢٣٤٥٦', 'رقم [number]'],
  ['HTTP 502 after 30 s, try 1 of 3', 'HTTP 502 after 30 s, try 1 of 3'],
  ['code 1234', 'code 1234'],
])('%j is shown as %j', (text, shown) => {
  expect(maskNumbers(text, 5)).toBe(shown)
})

test('a text full of digits takes no time', () => {
  const startedAt = performance.now()
  maskNumbers('1 '.repeat(200_000), 5)
  maskNumbers('1(((('.repeat(50_000), 5)
  expect(performance.now() - startedAt).toBeLessThan(2000)
})
