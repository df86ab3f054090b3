import type { UpstreamAttempt } from '@waybill/core'
import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { cutOff, hang, json, reply, reset } from './support/handlers.js'
import { startServer } from './support/start-server.js'

test('beforeAttempt is called before every HTTP request, and onAttempt after it', async () => {
  const redirect = reply(302, '', { location: '/api/v1/moved' })
  const server = await startServer(reset, redirect, reply(503, ''), cutOff(), json('there'))
  const events: string[] = []
  const client = connect(server, {
    limits: { retries: 3 },
    onAttempt: (attempt) => events.push(`after: ${attempt.status}`),
  })
  const beforeAttempt = (): void => {
    events.push(`before: ${server.requests.length}`)
  }
  expect(await client.getJson('messages', { beforeAttempt })).toBe('there')
  const expected = [
    ['before: 0', 'after: null'],
    ['before: 1', 'after: 302'],
    ['before: 2', 'after: 503'],
    ['before: 3', 'after: 200'],
    ['before: 4', 'after: 200'],
  ]
  expect(events).toEqual(expected.flat())
})

test.each([0, 1])('when beforeAttempt throws (after %i requests), nothing more is sent', async (allowed) => {
  const server = await startServer(reply(503, ''))
  const attempts: UpstreamAttempt[] = []
  const spent = new Error('no requests left')
  let calls = 0
  const beforeAttempt = (): void => {
    calls += 1
    if (calls > allowed) throw spent
  }
  const client = connect(server, { onAttempt: (attempt) => attempts.push(attempt) })
  await expect(client.getJson('messages', { beforeAttempt })).rejects.toBe(spent)
  expect(server.requests).toHaveLength(allowed)
  expect(attempts).toHaveLength(allowed)
})

test('onAttempt gets source, status, duration, wait and whether it was a retry, and nothing else', async () => {
  const server = await startServer(json({}))
  const attempts: UpstreamAttempt[] = []
  await connect(server, { onAttempt: (attempt) => attempts.push(attempt) }).getJson('messages')
  const measured = { durationMs: expect.any(Number), waitedMs: expect.any(Number) }
  expect(attempts).toEqual([{ source: 'shop', status: 200, isRetry: false, ...measured }])
  expect(attempts[0]?.durationMs).toBeGreaterThan(0)
})

test('a request that times out is reported as well', async () => {
  const server = await startServer(hang)
  const statuses: unknown[] = []
  const limits = { attemptTimeoutMs: 30, retries: 1 }
  const client = connect(server, { limits, onAttempt: ({ status }) => statuses.push(status) })
  await upstreamError(client.getJson('messages'))
  expect(statuses).toEqual([null, null])
})
