import { expect, test } from 'vitest'
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

test.each(['31', new Date(Date.now() + 3_600_000).toUTCString()])(
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

test('a 503 says for how long it will last, and stays unavailable', async () => {
  const server = await startServer(reply(503, '', { 'retry-after': '600' }))
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', retryAfterSeconds: 600 })
  expect(server.requests).toHaveLength(1)
})

test('a Retry-After that cannot be understood is as good as none', async () => {
  const server = await startServer(reply(429, '', { 'retry-after': 'later' }), json('there'))
  expect(await connect(server).getJson('messages')).toBe('there')
})
