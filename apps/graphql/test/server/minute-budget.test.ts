import { expect, test } from 'vitest'
import { createMinuteBudget } from '../../src/server/limits/minute-budget.js'

test('what is spent is back when the minute is over, for each key by itself', () => {
  let now = 5000
  const budget = createMinuteBudget(10, () => now)
  expect([budget.remaining('a'), budget.secondsLeft('a')]).toEqual([10, 0])
  budget.spend('a', 4)
  now += 30_000
  budget.spend('a', 7)
  budget.spend('b', 1)
  expect([budget.remaining('a'), budget.remaining('b')]).toEqual([0, 9])
  expect([budget.secondsLeft('a'), budget.secondsLeft('b')]).toEqual([30, 60])
  now += 30_000
  expect([budget.remaining('a'), budget.remaining('b')]).toEqual([10, 9])
})

test('without a limit there is nothing to spend', () => {
  const budget = createMinuteBudget(null)
  budget.spend('a', 1000)
  expect([budget.remaining('a'), budget.secondsLeft('a')]).toEqual([null, 0])
})

test('many keys that are seen once are not kept for ever', () => {
  let now = 0
  const budget = createMinuteBudget(1, () => now)
  for (let index = 0; index < 100_000; index += 1) {
    budget.spend(`key ${index}`, 1)
    now += 1000
  }
  expect(budget.remaining('key 99999')).toBe(0)
  expect(budget.remaining('key 0')).toBe(1)
})
