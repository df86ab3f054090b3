import { expect, test } from 'vitest'
import { connect, SECRET, upstreamError } from './support/connect.js'
import { json, reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

const STATUSES = [301, 302, 303, 307, 308]

test.each(STATUSES)('a redirect (%i) within the origin is followed, credentials included', async (status) => {
  const server = await startServer(
    reply(status, 'moved', { location: '/api/v2/messages?x=1' }),
    json('there'),
  )
  expect(await connect(server).getJson('messages')).toBe('there')
  expect(server.requests[1]).toMatchObject({ method: 'GET', url: '/api/v2/messages?x=1' })
  expect(server.requests[1]?.headers.authorization).toBe(`Bearer ${SECRET}`)
})

test.each(STATUSES)('a redirect (%i) to another origin is never followed', async (status) => {
  const other = await startServer(json('stolen'))
  const location = `${other.url.origin}/secret-path?token=secret-query`
  const server = await startServer(reply(status, '', { location }))
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_REJECTED', status })
  expect(error.message).toContain(`answered with a redirect that is not followed (HTTP ${status})`)
  expect(error.message).not.toMatch(/secret|127\.0\.0\.1/)
  expect(server.requests).toHaveLength(1)
  expect(other.requests).toHaveLength(0)
  expect(other.sockets).toHaveLength(0)
})

test('nor is one that gets there by a detour', async () => {
  const other = await startServer(json('stolen'))
  const elsewhere = `//${other.url.host}/x`
  const server = await startServer(
    reply(307, '', { location: 'next' }),
    reply(307, '', { location: elsewhere }),
  )
  expect(await upstreamError(connect(server).getJson('messages'))).toMatchObject({
    code: 'UPSTREAM_REJECTED',
  })
  expect(server.requests).toHaveLength(2)
  expect(other.sockets).toHaveLength(0)
})

test.each<[string, { location?: string }]>([
  ['none', {}],
  ['one that is no URL', { location: 'http://' }],
  ['one with a user name', { location: 'http://user:word@HOST/x' }],
  ['another scheme', { location: 'https://HOST/x' }],
  ['a local file', { location: 'file:///etc/hosts' }],
])('a redirect whose target is %s is not followed', async (_name, headers) => {
  const server = await startServer((request, response) => {
    const location = headers.location?.replace('HOST', request.headers.host ?? '')
    reply(302, '', location === undefined ? {} : { location })(request, response)
  })
  expect(await upstreamError(connect(server).getJson('messages'))).toMatchObject({
    code: 'UPSTREAM_REJECTED',
  })
  expect(server.requests).toHaveLength(1)
})

test('a loop ends after three redirects', async () => {
  const server = await startServer(reply(302, '', { location: '/api/v1/messages' }))
  expect(await upstreamError(connect(server).getJson('messages'))).toMatchObject({
    code: 'UPSTREAM_REJECTED',
  })
  expect(server.requests).toHaveLength(4)
})

test.each([300, 304])('%i is no redirect that could be followed', async (status) => {
  const server = await startServer(reply(status, '', { location: '/api/v1/x' }), json({}))
  expect(await upstreamError(connect(server).getJson('messages'))).toMatchObject({ status })
  expect(server.requests).toHaveLength(1)
})
