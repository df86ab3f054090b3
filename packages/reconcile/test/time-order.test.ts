import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inTimeOrder } from '../src/index.js'

async function ordered(times: readonly number[], slack: number): Promise<number[]> {
  const given: number[] = []
  for await (const time of inTimeOrder(times, (each) => each, slack)) given.push(time)
  return given
}

test('what is nearly in order is brought into order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 100 })), async (delays) => {
      const times = delays.map((delay, index) => index * 10 - delay)
      expect(await ordered(times, 100)).toEqual(times.toSorted((a, b) => a - b))
    }),
    { seed: 1 },
  )
})

test('what has one time stays in its order', async () => {
  const items = [
    { time: 2, name: 'b' },
    { time: 1, name: 'a' },
    { time: 2, name: 'c' },
  ]
  const names: string[] = []
  for await (const { name } of inTimeOrder(items, ({ time }) => time, 5)) names.push(name)
  expect(names).toEqual(['a', 'b', 'c'])
})

test('what is further out of order is refused', async () => {
  await expect(ordered([1000, 2000, 3000, 4000, 0], 500)).rejects.toThrow('more than 500 ms out of order')
})
