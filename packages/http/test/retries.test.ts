import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { cutOff, json, reply, reset } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

test.each<[string, Handler]>([
  ['a reset connection', reset],
  ['a cut-off body', cutOff()],
  ['429', reply(429, '')],
  ['500', reply(500, '')],
  ['502', reply(502, '')],
  ['503', reply(503, '')],
  ['504', reply(504, '')],
  ['520, from a proxy', reply(520, '')],
])('after %s the request is sent again', async (_name, failing) => {
  const server = await startServer(failing, failing, json('there'))
  expect(await connect(server).getJson('messages')).toBe('there')
  expect(server.requests).toHaveLength(3)
})

test.each<[string, Handler, object]>([
  ['a reset connection', reset, { code: 'UPSTREAM_UNAVAILABLE', status: undefined }],
  ['a cut-off body', cutOff(), { code: 'UPSTREAM_UNAVAILABLE', status: undefined }],
  ['429', reply(429, ''), { code: 'UPSTREAM_RATE_LIMITED', status: 429, retryAfterSeconds: undefined }],
  ['503', reply(503, ''), { code: 'UPSTREAM_UNAVAILABLE', status: 503 }],
  ['503 with a cut-off body', cutOff(503), { code: 'UPSTREAM_UNAVAILABLE', status: 503 }],
])('%s every time is an error after two retries', async (_name, failing, expected) => {
  const server = await startServer(failing)
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error).toMatchObject(expected)
  expect(error.message).toContain('in 3 attempts. ')
  expect(server.requests).toHaveLength(3)
})

test.each([400, 401, 403, 404, 408, 409, 410, 422, 425, 451, 501, 505])('%i is final', async (status) => {
  const server = await startServer(reply(status, ''), json({}))
  expect(await upstreamError(connect(server).getJson('messages'))).toMatchObject({ status })
  expect(server.requests).toHaveLength(1)
})

test('nothing is sent again where retries are 0', async () => {
  const server = await startServer(reply(503, ''), json({}))
  await upstreamError(connect(server, { limits: { retries: 0 } }).getJson('messages'))
  expect(server.requests).toHaveLength(1)
})

test('a refused connection is unavailable, and tried again', async () => {
  const port = await closedPort()
  const url = new URL(`http://127.0.0.1:${port}/`)
  const error = await upstreamError(connect({ url }, { limits: { retries: 1 } }).getJson('messages'))
  expect(error.code).toBe('UPSTREAM_UNAVAILABLE')
  expect(error.message).toBe(
    `Source "shop" could not be reached: nothing accepts connections at 127.0.0.1:${port} (ECONNREFUSED) in 2 attempts. ` +
      'Check host and port in options.baseUrl, and that the upstream is running.',
  )
})

async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
