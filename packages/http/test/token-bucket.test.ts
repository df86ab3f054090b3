import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TokenBucket } from '../src/throttle/token-bucket.js'

/** A request that is answered at once. */
function use(bucket: TokenBucket, now: number): void {
  bucket.countFrom(bucket.take(), now)
}

test('gives out so many tokens at once, and each comes back after the span', () => {
  const bucket = new TokenBucket({ requests: 2, perSeconds: 10 })
  expect(bucket.waitMs(0)).toBe(0)
  use(bucket, 0)
  use(bucket, 4000)
  expect(bucket.waitMs(4000)).toBe(6000)
  expect(bucket.waitMs(9999)).toBe(1)
  expect(bucket.waitMs(10_000)).toBe(0)
  use(bucket, 10_000)
  expect(bucket.waitMs(10_000)).toBe(4000)
})

test('gives those further back the least time that they will wait', () => {
  const bucket = new TokenBucket({ requests: 2, perSeconds: 10 })
  use(bucket, 0)
  expect([0, 1, 2, 3, 4].map((ahead) => bucket.waitMs(1000, ahead))).toEqual([
    0, 9000, 10_000, 19_000, 20_000,
  ])
})

test('an unused token is there again at once', () => {
  const bucket = new TokenBucket({ requests: 1, perSeconds: 10 })
  bucket.giveBack(bucket.take())
  expect(bucket.waitMs(0)).toBe(0)
})

test('the span of a slow request begins when the upstream answers', () => {
  const bucket = new TokenBucket({ requests: 1, perSeconds: 10 })
  bucket.countFrom(bucket.take(), 3000)
  expect(bucket.waitMs(10_000)).toBe(3000)
})

test('a token does not return while its request is under way, however long that takes', () => {
  const bucket = new TokenBucket({ requests: 1, perSeconds: 10 })
  const token = bucket.take()
  expect([0, 10_000, 25_000].map((now) => bucket.waitMs(now))).toEqual([10_000, 10_000, 10_000])
  bucket.countFrom(token, 25_000)
  expect(bucket.waitMs(30_000)).toBe(5000)
})

test('no span ever sees more requests than allowed, and nobody waits for longer than the span', () => {
  const pauses = fc.array(fc.nat(3000), { maxLength: 60 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 8 }), pauses, (requests, gaps) => {
      const bucket = new TokenBucket({ requests, perSeconds: 5 })
      const times: number[] = []
      let now = 0
      for (const gap of gaps) {
        now += gap
        const waitMs = bucket.waitMs(now)
        expect(waitMs).toBeLessThanOrEqual(5000)
        now += waitMs
        use(bucket, now)
        times.push(now)
      }
      for (const [index, time] of times.entries()) {
        expect((times[index + requests] ?? Infinity) - time).toBeGreaterThanOrEqual(5000)
      }
    }),
  )
})
