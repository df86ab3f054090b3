import { describe, expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { json, reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

test('a Retry-After that fits the budget is waited for', async () => {
  const server = await startServer(reply(429, '', { 'retry-after': '0.2' }), json('there'))
  const startedAt = performance.now()
  expect(await connect(server).getJson('messages')).toBe('there')
  expect(performance.now() - startedAt).toBeGreaterThanOrEqual(190)
})

test('a date is measured by the clock of the upstream', async () => {
  const headers = { date: 'Fri, 24 Apr 2026 12:00:00 GMT', 'retry-after': 'Fri, 24 Apr 2026 12:00:45 GMT' }
  const server = await startServer(reply(429, '', headers))
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 45 })
})

test.each(['31', new Date(Date.now() + 600_000).toUTCString()])(
  'a Retry-After of %s does not fit: the call fails without waiting',
  async (retryAfter) => {
    const server = await startServer(reply(429, '', { 'retry-after': retryAfter }), json({}))
    const error = await upstreamError(connect(server).getJson('messages'))
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', status: 429 })
    expect(error.retryAfterSeconds).toBeGreaterThanOrEqual(31)
    expect(error.message).toContain(`Wait ${error.retryAfterSeconds} s, then try again.`)
    expect(server.requests).toHaveLength(1)
  },
)

test('a 503 keeps how long it will last, and stays unavailable', async () => {
  const server = await startServer(reply(503, '', { 'retry-after': '600' }))
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 600 })
  expect(server.requests).toHaveLength(1)
})

test('a Retry-After that cannot be understood is as good as none', async () => {
  const server = await startServer(reply(429, '', { 'retry-after': 'later' }), json('there'))
  expect(await connect(server).getJson('messages')).toBe('there')
})

describe('a wait that is not believed', () => {
  test.each([
    '901',
    '1777034096',
    '1777034096000',
    '9'.repeat(400),
    '86400.5',
    new Date(Date.now() + 7 * 86_400_000).toUTCString(),
    'Fri, 31 Dec 9999 23:59:59 GMT',
  ])('is the longest that is believed: %s', async (retryAfter) => {
    const server = await startServer(reply(429, '', { 'retry-after': retryAfter }))
    const error = await upstreamError(connect(server).getJson('messages'))
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 900 })
    expect(error.message).toContain('a longer wait than limits.maxRetryAfterSeconds allows')
    expect(error.message).toContain('Wait 900 s, then try again.')
    expect(server.requests).toHaveLength(1)
  })

  test.each([
    [899, 899],
    [900, 900],
    [901, 900],
  ])('begins beyond the limit: %i s', async (asked, seconds) => {
    const server = await startServer(reply(503, '', { 'retry-after': `${asked}` }))
    const error = await upstreamError(connect(server).getJson('messages'))
    expect(error.retryAfterSeconds).toBe(seconds)
    expect(error.message.includes('maxRetryAfterSeconds')).toBe(asked > 900)
  })

  test('is cut to the limit that is configured, which the call waits itself where it has the time', async () => {
    const server = await startServer(reply(429, '', { 'retry-after': '1777034096' }), json('there'))
    const startedAt = performance.now()
    const client = connect(server, { limits: { maxRetryAfterSeconds: 1 } })
    expect(await client.getJson('messages')).toBe('there')
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(990)
  })

  test.each(['-5', 'NaN', '1e9', 'Infinity', '-1777034096', '0x7fffffff'])(
    'is ignored where it cannot be understood: %s',
    async (retryAfter) => {
      const server = await startServer(reply(429, '', { 'retry-after': retryAfter }))
      const error = await upstreamError(connect(server, { limits: { retries: 0 } }).getJson('messages'))
      expect(error.retryAfterSeconds).toBeUndefined()
    },
  )

  test('never gets into an error by our own rate limit either', async () => {
    const server = await startServer(json('there'))
    const client = connect(server, { rateLimit: { requests: 1, perSeconds: 86_400 } })
    await client.getJson('messages')
    const error = await upstreamError(client.getJson('messages'))
    expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', retryAfterSeconds: 900 })
    expect(error.message).toContain('Wait 86400 s')
  })
})
