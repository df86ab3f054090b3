import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { hang, hangInBody, json } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

test.each<[string, Handler, string]>([
  ['before the headers', hang, 'did not answer in time at PLACE'],
  ['in mid-body', hangInBody(), 'did not finish its response in time'],
])('an upstream that hangs %s is asked again, and then given up', async (_name, handler, happened) => {
  const server = await startServer(handler)
  const limits = { attemptTimeoutMs: 1000, retries: 1 }
  const error = await upstreamError(connect(server, { limits }).getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', status: undefined })
  const place = happened.replace('PLACE', server.url.host)
  expect(error.message).toBe(`Source "shop" ${place} in 2 attempts. Try again later.`)
  expect(server.requests).toHaveLength(2)
  await server.allSocketsClosed()
})

test('the next attempt may succeed', async () => {
  const server = await startServer(hangInBody(), json('there'))
  const client = connect(server, { limits: { attemptTimeoutMs: 2000 } })
  expect(await client.getJson('messages')).toBe('there')
})

test('the total budget ends a call whose single attempt would be allowed longer', async () => {
  const server = await startServer(hang)
  const client = connect(server, { limits: { totalTimeoutMs: 1000 } })
  const error = await upstreamError(client.getJson('messages'))
  expect(error.code).toBe('UPSTREAM_TIMEOUT')
  expect(error.message).toContain('sent no response within 1 s, retries and waits included')
  expect(server.requests).toHaveLength(1)
  await server.allSocketsClosed()
})

test('of a failure that hangs in mid-body the status counts', async () => {
  const server = await startServer(hangInBody(401))
  const client = connect(server, { limits: { attemptTimeoutMs: 1000 } })
  expect(await upstreamError(client.getJson('messages'))).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED' })
  await server.allSocketsClosed()
})
