import { expect, test } from 'vitest'
import { connect } from './support/connect.js'
import { hang, hangInBody, json, reply } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

const reason = new Error('the caller went away')

test('a call with an aborted signal sends nothing', async () => {
  const server = await startServer(json({}))
  const signal = AbortSignal.abort(reason)
  await expect(connect(server).getJson('messages', { signal })).rejects.toBe(reason)
  expect(server.requests).toHaveLength(0)
})

test.each<[string, Handler]>([
  ['before the headers', hang],
  ['in mid-body', hangInBody()],
  ['in the body of a failure', hangInBody(503)],
])('an abort %s rejects with its reason and closes the socket', async (_name, handler) => {
  const server = await startServer(handler)
  const controller = new AbortController()
  const call = connect(server).getJson('messages', { signal: controller.signal })
  const rejection = call.catch((error: unknown) => error)
  await server.received(1)
  setTimeout(() => controller.abort(reason), 20)
  expect(await rejection).toBe(reason)
  await server.allSocketsClosed()
  expect(server.requests).toHaveLength(1)
})

test.each([{ 'retry-after': '20' }, { 'retry-after': 'x' }])('an abort ends a wait (%j)', async (headers) => {
  const server = await startServer(reply(429, '', headers))
  const controller = new AbortController()
  let attempts = 0
  const onAttempt = (): void => {
    attempts += 1
    if (attempts === 1) setImmediate(() => controller.abort(reason))
  }
  const call = connect(server, { onAttempt }).getJson('messages', { signal: controller.signal })
  await expect(call).rejects.toBe(reason)
})

test('an abort ends the wait for the rate limit', async () => {
  const server = await startServer(json({}))
  const client = connect(server, { rateLimit: { requests: 1, perSeconds: 20 } })
  await client.getJson('messages')
  const signal = AbortSignal.timeout(20)
  await expect(client.getJson('messages', { signal })).rejects.toBe(await reasonOf(signal))
  expect(server.requests).toHaveLength(1)
})

async function reasonOf(signal: AbortSignal): Promise<unknown> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
  return signal.reason
}

test.each(['text', 0, null])('the reason %j is passed on as it is', async (odd) => {
  const server = await startServer(hang)
  const controller = new AbortController()
  const call = connect(server).getJson('messages', { signal: controller.signal })
  const rejection = call.catch((error: unknown) => error)
  await server.received(1)
  controller.abort(odd)
  expect(await rejection).toBe(odd)
})
