import { gzipSync } from 'node:zlib'
import { toPlainNumbers } from '@waybill/core'
import { expect, test } from 'vitest'
import { listEnvelope, type Envelope } from '../src/index.js'
import { connect, SECRET, upstreamError } from './support/connect.js'
import { json, reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

test('reads JSON below the base URL, with parameters and headers', async () => {
  const server = await startServer(json([{ id: 1 }]))
  const searchParams = { 'filter[status][in]': 'sent,failed', search: '50% & more' }
  expect(await connect(server).getJson('messages', { searchParams })).toEqual([{ id: 1 }])

  const [request] = server.requests
  const url = new URL(request?.url ?? '', server.url)
  expect(request?.method).toBe('GET')
  expect(url.pathname).toBe('/api/v1/messages')
  expect(Object.fromEntries(url.searchParams)).toEqual(searchParams)
  expect(request?.headers).toMatchObject({ accept: 'application/json', authorization: `Bearer ${SECRET}` })
})

test.each([
  ['/api/v1/', 'messages', '/api/v1/messages'],
  ['/api/v1', '/messages', '/api/v1/messages'],
  ['/', 'messages', '/messages'],
  ['/api?tenant=7#part', 'messages', '/api/messages?tenant=7&page=2'],
  ['/api', 'messages/a%2Fb', '/api/messages/a%2Fb'],
  ['/api', 'messages?x#y', '/api/messages%3Fx%23y'],
  ['/api', '//other.example/x', '/api/other.example/x'],
])('joins base %s and path %s to %s', async (base, path, expected) => {
  const server = await startServer(json({}))
  const searchParams = base.includes('?') ? { page: '2' } : undefined
  await connect({ url: new URL(base, server.url) }).getJson(path, { searchParams })
  expect(server.requests[0]?.url).toBe(expected)
})

test.each(['..', 'messages/..', 'messages/../../admin', '%2e%2E/x', String.raw`x\..\..\y`, '.\t./x', './x'])(
  'refuses the path %j, which would leave the base URL',
  async (path) => {
    const server = await startServer(json({}))
    await expect(connect(server).getJson(path)).rejects.toThrow(TypeError)
    expect(server.requests).toHaveLength(0)
  },
)

test('a header given in the options replaces our own, whatever its case', async () => {
  const server = await startServer(json({}))
  await connect(server, { headers: { Accept: 'application/vnd.api+json' } }).getJson('messages')
  expect(server.requests[0]?.headers.accept).toBe('application/vnd.api+json')
})

test('reads a compressed body', async () => {
  const server = await startServer(reply(200, gzipSync('{"a":1}'), { 'content-encoding': 'gzip' }))
  expect(await connect(server).getJson('messages')).toEqual({ a: 1 })
})

test.each([
  ['a byte order mark', '\uFEFF{"a":"é"}', {}],
  ['no content type', '{"a":"é"}', {}],
  ['a wrong content type', '{"a":"é"}', { 'content-type': 'text/html' }],
  [
    'ISO-8859-1 as its character set',
    '{"a":"é"}',
    { 'content-type': 'application/json; charset=ISO-8859-1' },
  ],
  ['windows-1251 as its character set', '{"a":"é"}', { 'content-type': 'text/json;charset="windows-1251"' }],
  ['UTF-16 as its character set', '{"a":"é"}', { 'content-type': 'application/json; charset=utf-16' }],
  [
    'a byte order mark and another character set',
    '\uFEFF{"a":"é"}',
    { 'content-type': 'application/json; charset=latin1' },
  ],
  ['an unknown character set', '{"a":"é"}', { 'content-type': 'text/json; charset=klingon' }],
])('reads a body with %s as UTF-8', async (_name, body, headers) => {
  const server = await startServer(reply(200, body, headers))
  expect(await connect(server).getJson('messages')).toEqual({ a: 'é' })
})

test('numbers keep the digits in which they were sent', async () => {
  const body =
    '[{"id":9223372036854775807,"media":12345678901234567890,"price":1.10,"far":1e400,"less":-0,"n":7}]'
  const server = await startServer(reply(200, body))
  const value = await connect(server).getJson('messages')
  expect(JSON.stringify(value)).toBe(body)
  expect(toPlainNumbers(value)).toMatchObject([{ price: 1.1, less: -0, n: 7 }])
})

test('an envelope is judged by plain numbers', async () => {
  const server = await startServer(
    reply(200, '{"success":1.0,"code":200.0,"data":[]}'),
    reply(200, '{"success":-0}'),
  )
  const client = connect(server)
  const envelope = (body: unknown): Envelope => listEnvelope(body, [])
  await client.getJson('messages', { envelope })
  expect((await upstreamError(client.getJson('messages', { envelope }))).code).toBe('UPSTREAM_REJECTED')
})

test('hostile names are members like any other, and change no prototype', async () => {
  const text =
    '{"a":{"__proto__":{"bad":1},"b":2},"__proto__":{"bad":1.10},"constructor":{"prototype":{"bad":1}},"toString":7}'
  const server = await startServer(reply(200, text))
  const value = (await connect(server).getJson('messages')) as { a: object; bad?: number }
  expect(JSON.stringify(value)).toBe(text)
  expect([value, value.a, toPlainNumbers(value)].map((each) => Reflect.get(each as object, 'bad'))).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  expect(Reflect.get({}, 'bad')).toBeUndefined()
})

test('of members with one name, the last counts', async () => {
  const server = await startServer(reply(200, '{"id":1,"__proto__":1,"id":1.10,"__proto__":{"a":2}}'))
  expect(JSON.stringify(await connect(server).getJson('messages'))).toBe('{"id":1.10,"__proto__":{"a":2}}')
})

test('keeps connections for the next calls, after failures too', async () => {
  const server = await startServer((request, response) => {
    const turn = server.requests.length % 3
    const handler = [json([]), json({ message: 'no' }, 404), reply(302, 'moved')][turn]
    handler?.(request, response)
  })
  const client = connect(server)
  for (let calls = 0; calls < 12; calls += 1) await client.getJson('messages').catch(() => undefined)
  expect(server.requests).toHaveLength(12)
  // Two: a connection is free again only a moment after its response has ended.
  expect(server.sockets.length).toBeLessThanOrEqual(2)
})
