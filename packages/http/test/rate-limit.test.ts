import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { hang, json, reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

test('no span sees more requests at the upstream than configured', async () => {
  const times: number[] = []
  const server = await startServer((request, response) => {
    times.push(performance.now())
    json({})(request, response)
  })
  const client = connect(server, { rateLimit: { requests: 3, perSeconds: 0.2 } })
  await Promise.all(Array.from({ length: 8 }, () => client.getJson('messages')))
  expect(times).toHaveLength(8)
  for (const [index, time] of times.entries()) {
    expect((times[index + 3] ?? Infinity) - time).toBeGreaterThanOrEqual(199)
  }
})

test('what cannot be sent within the budget fails at once, and the error names our own limit', async () => {
  const server = await startServer(json({}))
  const client = connect(server, { rateLimit: { requests: 2, perSeconds: 60 } })
  await client.getJson('messages')
  await client.getJson('messages')
  const error = await upstreamError(client.getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_RATE_LIMITED', source: 'shop', status: undefined })
  expect(error.retryAfterSeconds).toBe(60)
  expect(error.message).toContain("2 requests in 60 s: rateLimit in Waybill's own configuration")
  expect(error.message).toContain('Wait 60 s, then try again')
  expect(server.requests).toHaveLength(2)
})

test('those who wait in front are counted in', async () => {
  const server = await startServer(json({}))
  const limits = { totalTimeoutMs: 90_000 }
  const client = connect(server, { limits, rateLimit: { requests: 1, perSeconds: 60 } })
  await client.getJson('messages')
  const controller = new AbortController()
  const second = client.getJson('messages', { signal: controller.signal })
  // The second one may hope for its turn in 60 s; the third would be served in 120 s, after its budget.
  const error = await upstreamError(client.getJson('messages'))
  expect(error.retryAfterSeconds).toBe(120)
  controller.abort()
  await expect(second).rejects.toBe(controller.signal.reason)
  expect(server.requests).toHaveLength(1)
})

test('callers never touch what is kept for a sync, however many they are', async () => {
  const server = await startServer(json({}))
  const rateLimit = { requests: 8, perSeconds: 60 }
  const client = connect(server, { rateLimit, syncShare: 0.75 })
  const calls = await Promise.allSettled(Array.from({ length: 20 }, () => client.getJson('messages')))
  expect(calls.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  const error = await upstreamError(client.getJson('messages'))
  expect(error.message).toContain('may get 2 requests in 60 s')
  expect(error.message).toContain('minus 6 that are reserved for the sync of the archive')
  for (let sync = 1; sync <= 6; sync += 1) await client.getJson('messages', { isSync: true })
  const ninth = await upstreamError(client.getJson('messages', { isSync: true }))
  expect(ninth.message).toContain('may get 8 requests in 60 s')
  expect(server.requests).toHaveLength(8)
})

test('a sync does not wait behind callers: neither for the rate limit nor for their answers', async () => {
  const server = await startServer(hang, hang, hang, json('synced'))
  const limits = { concurrency: 4, totalTimeoutMs: 90_000 }
  const client = connect(server, { limits, rateLimit: { requests: 16, perSeconds: 60 }, syncShare: 0.75 })
  const leaving = new AbortController()
  const waiting = Array.from({ length: 6 }, () =>
    client.getJson('messages', { signal: leaving.signal }).catch(() => 'left'),
  )
  await server.received(3)
  expect(await client.getJson('messages', { isSync: true })).toBe('synced')
  leaving.abort()
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 6 }, () => 'left'))
})

test('a retry takes a token too', async () => {
  const server = await startServer(reply(503, ''), json({}))
  const client = connect(server, { rateLimit: { requests: 1, perSeconds: 60 } })
  const error = await upstreamError(client.getJson('messages'))
  expect(error.message).toContain("Waybill's own configuration")
  expect(server.requests).toHaveLength(1)
})

test('a request that was not sent takes none', async () => {
  const server = await startServer(json('there'))
  const client = connect(server, { rateLimit: { requests: 1, perSeconds: 60 } })
  const beforeAttempt = (): never => {
    throw new Error('budget spent')
  }
  await expect(client.getJson('messages', { beforeAttempt })).rejects.toThrow('budget spent')
  expect(await client.getJson('messages')).toBe('there')
})
