import { UpstreamError, type UpstreamPause } from '@waybill/core'
import { describe, expect, test } from 'vitest'
import { Breaker } from '../src/throttle/breaker.js'
import { connect, upstreamError } from './support/connect.js'
import { hang, json, reply } from './support/handlers.js'
import { type Handler, startServer } from './support/start-server.js'
import { thrownBy } from './support/thrown-by.js'

describe('a source that keeps failing', () => {
  test.each([
    ['errors', reply(503, ''), 'UPSTREAM_UNAVAILABLE', {}],
    ['silence', hang, 'UPSTREAM_TIMEOUT', { attemptTimeoutMs: 10 }],
    ['silence until the call is over', hang, 'UPSTREAM_TIMEOUT', { totalTimeoutMs: 10 }],
  ] as const)(
    'gets no requests for a while after ten failures in a row: %s',
    async (_, handler, code, limits) => {
      const server = await startServer(handler)
      const pauses: UpstreamPause[] = []
      let attempts = 0
      const client = connect(server, {
        limits: { retries: 0, ...limits },
        onPause: (pause) => pauses.push(pause),
        onAttempt: () => (attempts += 1),
      })
      for (let call = 1; call <= 10; call += 1) {
        expect((await upstreamError(client.getJson('messages'))).message).not.toContain('paused')
      }
      expect(pauses).toEqual([{ source: 'shop', pauseMs: 2000 }])
      const error = await upstreamError(client.getJson('messages'))
      expect(error).toMatchObject({ code, source: 'shop', retryAfterSeconds: 2 })
      expect(error.message).toMatch(/^Source "shop" .* requests are paused: the next one is sent in 2 s\.$/)
      expect(attempts).toBe(10)
    },
  )

  test('may be asked by a sync meanwhile, and answers everybody again once it answers that', async () => {
    const failing = Array.from({ length: 11 }, () => reply(503, ''))
    const server = await startServer(...(failing as [Handler, ...Handler[]]), json('back'))
    const pauses: UpstreamPause[] = []
    const client = connect(server, { limits: { retries: 0 }, onPause: (pause) => pauses.push(pause) })
    for (let call = 1; call <= 12; call += 1) await upstreamError(client.getJson('messages'))
    await upstreamError(client.getJson('messages', { isSync: true }))
    expect(await client.getJson('messages', { isSync: true })).toBe('back')
    expect(await client.getJson('messages')).toBe('back')
    expect(pauses.map(({ pauseMs }) => pauseMs)).toEqual([2000, 0])
  })

  test('is not rested by requests that it refuses, limits or that nobody waits for', async () => {
    const nine = Array.from({ length: 9 }, () => reply(503, ''))
    const handlers: Handler[] = [...nine, reply(404, ''), ...nine, reply(429, ''), ...nine, json([1])]
    const server = await startServer(...(handlers as [Handler, ...Handler[]]))
    const client = connect(server, { limits: { retries: 0 } })
    for (let call = 1; call < handlers.length; call += 1) await upstreamError(client.getJson('messages'))
    expect(await client.getJson('messages')).toEqual([1])
    const hanging = connect(await startServer(hang))
    for (let call = 1; call <= 12; call += 1) {
      const gone = AbortSignal.timeout(1)
      await expect(hanging.getJson('messages', { signal: gone })).rejects.toThrow('aborted due to timeout')
    }
  })
})

describe('the breaker', () => {
  const failure = new UpstreamError('UPSTREAM_UNAVAILABLE', 'Source "shop" could not answer.', {
    source: 'shop',
  })
  const secondsLeft = (breaker: Breaker, now: number): number | undefined => {
    const error = thrownBy(() => breaker.begin(now))
    return error instanceof UpstreamError ? error.retryAfterSeconds : undefined
  }

  function rested(): Breaker {
    const breaker = new Breaker()
    for (let count = 1; count < 10; count += 1) expect(breaker.end(failure, breaker.begin(0), 0)).toBeNull()
    expect(breaker.end(failure, breaker.begin(0), 0)).toBe(2000)
    return breaker
  }

  test('lets one request try when the pause is over, and pauses twice as long after each failure, up to 30 seconds', () => {
    const breaker = rested()
    let now = 0
    const pauses = [2000, 4000, 8000, 16_000, 30_000, 30_000]
    for (const [index, pauseMs] of pauses.entries()) {
      expect(secondsLeft(breaker, now)).toBe(pauseMs / 1000)
      now += pauseMs
      expect(breaker.begin(now)).toBe(true)
      expect(secondsLeft(breaker, now)).toBe(2)
      expect(breaker.end(failure, true, now)).toBe(pauses[index + 1] ?? 30_000)
    }
  })

  test('lets all through again after an answer, and begins anew with ten failures', () => {
    const breaker = rested()
    expect(breaker.end('answered', breaker.begin(2000), 2000)).toBe(0)
    for (let count = 1; count < 10; count += 1)
      expect(breaker.end(failure, breaker.begin(2000), 2000)).toBeNull()
    expect(breaker.end(failure, breaker.begin(2000), 2000)).toBe(2000)
  })

  test('lets another try when nobody waits for the first any longer', () => {
    const breaker = rested()
    expect(breaker.end('unknown', breaker.begin(2000), 2000)).toBeNull()
    expect(breaker.begin(2000)).toBe(true)
  })

  test('is not held up longer by requests that were in progress when the pause began', () => {
    const breaker = rested()
    expect(breaker.end(failure, false, 1999)).toBeNull()
    expect(breaker.begin(2000)).toBe(true)
  })
})
