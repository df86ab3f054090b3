import { describe, expect, test } from 'vitest'
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

describe('a redirect within the origin', () => {
  const searchParams = { page: '2', 'filter[status]': 'failed,sent', search: 'a b' }
  const QUERY = 'page=2&filter%5Bstatus%5D=failed%2Csent&search=a+b'

  test.each([
    `/api/v2/messages?${QUERY}`,
    '/api/v2/messages?search=a%20b&filter[status]=failed,sent&page=2',
    `/api/v2/messages?${QUERY}&locale=en`,
    `messages/?${QUERY}#top`,
  ])('is followed where it keeps the query: %s', async (location) => {
    const server = await startServer(reply(301, '', { location }), json('there'))
    expect(await connect(server).getJson('messages', { searchParams })).toBe('there')
    expect(server.requests).toHaveLength(2)
  })

  test.each([
    ['/api/v2/messages', 'page, filter[status], search'],
    ['/login', 'page, filter[status], search'],
    ['messages/', 'page, filter[status], search'],
    [`/api/v2/messages?${QUERY.replace('page=2', 'page=1')}`, 'page'],
    [`/api/v2/messages?${QUERY.replace('page=2&', '')}`, 'page'],
    [`/api/v2/messages?${QUERY}&page=1`, 'page'],
    [`/api/v2/messages?${QUERY.replace('%2Csent', '')}`, 'filter[status]'],
    [`/api/v2/messages?${QUERY.replace('filter%5Bstatus%5D', 'filter')}`, 'filter[status]'],
    [`/api/v2/messages?${encodeURIComponent(QUERY)}`, 'page, filter[status], search'],
  ])('is not followed where it loses or changes a part of it: %s', async (location, lost) => {
    const server = await startServer(reply(301, '', { location }), json([]))
    const error = await upstreamError(connect(server).getJson('messages', { searchParams }))
    expect(error).toMatchObject({ code: 'UPSTREAM_REJECTED', status: 301 })
    expect(error.message).toContain(`loses or changes ${lost} of the query`)
    expect(error.message).toContain('baseUrl')
    expect(error.message).not.toMatch(/login|failed,sent|127\.0\.0\.1/)
    expect(server.requests).toHaveLength(1)
  })

  test('is not followed where the query is lost on the second step', async () => {
    const server = await startServer(
      reply(307, '', { location: `/a?${QUERY}` }),
      reply(307, '', { location: '/b' }),
      json([]),
    )
    const error = await upstreamError(connect(server).getJson('messages', { searchParams }))
    expect(error.code).toBe('UPSTREAM_REJECTED')
    expect(server.requests).toHaveLength(2)
  })
})
