import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mapConcurrently } from '../../src/schema/message-loaders.js'

test('every item has its outcome in its place, and no more than the limit run at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 5 })),
      fc.integer({ min: 1, max: 9 }),
      async (items, limit) => {
        let running = 0
        let most = 0
        const outcomes = await mapConcurrently(items, limit, async (item) => {
          most = Math.max(most, ++running)
          for (let turn = 0; turn < item; turn++) await Promise.resolve()
          running--
          if (item === 0) throw new Error('zero')
          return item * 2
        })
        expect(outcomes).toEqual(items.map((item) => (item === 0 ? new Error('zero') : item * 2)))
        expect(most).toBeLessThanOrEqual(limit)
      },
    ),
  )
})

test('as many run at once as the limit allows', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  let started = 0
  const all = mapConcurrently([1, 2, 3, 4, 5], 3, async () => {
    if (++started === 3) resolve()
    await promise
  })
  await all
  expect(started).toBe(5)
})

test('what is thrown and is no error becomes one', async () => {
  // An abort's reason may be anything.
  const [outcome] = await mapConcurrently([1], 1, async () => AbortSignal.abort('text').throwIfAborted())
  expect(outcome).toBeInstanceOf(Error)
})
