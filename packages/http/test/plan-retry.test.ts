import fc from 'fast-check'
import { expect, test } from 'vitest'
import { remainingMs } from '../src/time/deadline.js'
import { backoffMs, planRetry, type RetrySituation } from '../src/time/retry.js'

const situation: RetrySituation = {
  retryable: true,
  retryAfterMs: null,
  retry: 1,
  retries: 2,
  remainingMs: 30_000,
  random: 0.5,
}

test('the ceiling of the back-off doubles up to 8 s', () => {
  const ceilings = [1, 2, 3, 4, 5, 6, 7, 1000].map((retry) => backoffMs(retry, 1))
  expect(ceilings).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000])
})

test('the jitter is full: anything between nothing and the ceiling', () => {
  expect([0, 0.25, 0.5].map((random) => backoffMs(2, random))).toEqual([0, 125, 250])
})

test('what cannot help, or was tried often enough, is not tried again', () => {
  expect(planRetry({ ...situation, retryable: false })).toBeNull()
  expect(planRetry({ ...situation, retry: 2 })).toBe(250)
  expect(planRetry({ ...situation, retry: 3 })).toBeNull()
  expect(planRetry({ ...situation, retries: 0 })).toBeNull()
})

test('a Retry-After is waited for as it stands, if the budget allows', () => {
  expect(planRetry({ ...situation, retryAfterMs: 29_999 })).toBe(29_999)
  expect(planRetry({ ...situation, retryAfterMs: 30_000 })).toBeNull()
})

test('a Retry-After of zero backs off all the same', () => {
  expect(planRetry({ ...situation, retryAfterMs: 0 })).toBe(125)
})

test('no plan ever reaches the end of the budget', () => {
  const any = fc.record({
    retryable: fc.boolean(),
    retryAfterMs: fc.option(fc.nat()),
    retry: fc.integer({ min: 1, max: 50 }),
    retries: fc.nat(50),
    remainingMs: fc.nat(60_000),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  })
  fc.assert(fc.property(any, (given) => (planRetry(given) ?? -1) < given.remainingMs))
})

test('what remains of a budget is never negative', () => {
  expect(remainingMs(100, 40)).toBe(60)
  expect(remainingMs(100, 140)).toBe(0)
})
