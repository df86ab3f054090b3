import { expect, test } from 'vitest'
import type { UpstreamFailure } from '../src/index.js'
import { connect, upstreamError } from './support/connect.js'
import { json, reply } from './support/handlers.js'
import { startServer } from './support/start-server.js'

const limits = { retries: 0 }

test.each([
  [400, 'UPSTREAM_REJECTED', 'rejected the request (HTTP 400)'],
  [401, 'UPSTREAM_UNAUTHORIZED', "refused the credentials (HTTP 401). Check the source's credentials"],
  [403, 'UPSTREAM_FORBIDDEN', "denied access (HTTP 403). Give the source's credentials the permission"],
  [404, 'UPSTREAM_REJECTED', "rejected the request (HTTP 404). Check the source's baseUrl"],
  [422, 'UPSTREAM_REJECTED', 'rejected the request (HTTP 422)'],
  [429, 'UPSTREAM_RATE_LIMITED', 'received too many requests (HTTP 429). Wait, then try again.'],
  [500, 'UPSTREAM_UNAVAILABLE', 'could not answer (HTTP 500). Try again later.'],
  [503, 'UPSTREAM_UNAVAILABLE', 'could not answer (HTTP 503). Try again later.'],
  [599, 'UPSTREAM_UNAVAILABLE', 'could not answer (HTTP 599). Try again later.'],
])('HTTP %i is %s', async (status, code, text) => {
  const server = await startServer(reply(status, ''))
  const error = await upstreamError(connect(server, { limits }).getJson('messages'))
  expect(error).toMatchObject({
    name: 'UpstreamError',
    code,
    status,
    source: 'shop',
    upstreamCode: undefined,
  })
  expect(error.message).toContain(`Source "shop" ${text}`)
})

test('the message names what happened, where, and what to do', async () => {
  const server = await startServer(
    json({ success: false, error: { code: 'UNAUTHORIZED', message: 'Expired' } }, 401),
  )
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error.upstreamCode).toBe('UNAUTHORIZED')
  expect(error.message).toBe(
    'Source "shop" refused the credentials (HTTP 401 UNAUTHORIZED). ' +
      "Check the source's credentials in the configuration.",
  )
})

test('classify decides where the status suggests something else', async () => {
  const failures: UpstreamFailure[] = []
  const server = await startServer(
    json({ request_id: 'b1', error_code: 6, error: 'DEPRECATED_API_KEY' }, 400),
  )
  const client = connect(server, {
    classify: (failure) => {
      failures.push(failure)
      return 'UPSTREAM_UNAUTHORIZED'
    },
  })
  const error = await upstreamError(client.getJson('messages'))
  expect(failures).toEqual([{ status: 400, upstreamCode: '6', upstreamMessage: 'DEPRECATED_API_KEY' }])
  expect(error).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED', status: 400, upstreamCode: '6' })
  expect(error.message).toContain('refused the credentials (HTTP 400 6)')
})

test('where classify has no opinion the status decides', async () => {
  const server = await startServer(reply(403, ''))
  const error = await upstreamError(connect(server, { classify: () => undefined }).getJson('messages'))
  expect(error.code).toBe('UPSTREAM_FORBIDDEN')
})

test('a failure that classify calls final is not tried again', async () => {
  const server = await startServer(reply(500, 'no such key'))
  const client = connect(server, { classify: () => 'UPSTREAM_UNAUTHORIZED' })
  expect(await upstreamError(client.getJson('messages'))).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED' })
  expect(server.requests).toHaveLength(1)
})
