import type { UpstreamErrorCode } from '@waybill/core'
import { describe, expect, test } from 'vitest'
import { listEnvelope, messageEnvelope, type Envelope } from '../src/index.js'
import { connect, SECRET, upstreamError } from './support/connect.js'
import { json } from './support/handlers.js'
import { startServer } from './support/start-server.js'

const ROW = { id: 7, status: 'failed', message: 'Your token has expired', error: 'not delivered' }

function envelope(body: unknown): Envelope {
  const { data } = Object(body) as { data?: unknown }
  return listEnvelope(body, Array.isArray(data) ? data : null)
}

/** What the client makes of a list's body: `fine`, or the code of its error. */
async function judge(body: unknown, read: (body: unknown) => Envelope = envelope): Promise<string> {
  const server = await startServer(json(body))
  const call = connect(server, { limits: { retries: 0 } }).getJson('messages', { envelope: read })
  return call.then(
    () => 'fine',
    async () => (await upstreamError(call)).code,
  )
}

describe('a body under HTTP 200 that means failure', () => {
  test.each<[object, UpstreamErrorCode]>([
    [{ success: false }, 'UPSTREAM_REJECTED'],
    [{ success: 0 }, 'UPSTREAM_REJECTED'],
    [{ success: 'false' }, 'UPSTREAM_REJECTED'],
    [{ Success: '0' }, 'UPSTREAM_REJECTED'],
    [{ ok: false, description: 'Unauthorized' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ status: 'error', message: 'Token expired' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ status: 'fail', message: 'Rate limit exceeded' }, 'UPSTREAM_RATE_LIMITED'],
    [{ status: 'FAILED' }, 'UPSTREAM_REJECTED'],
    [{ status: false, message: 'Under maintenance' }, 'UPSTREAM_UNAVAILABLE'],
    [{ status: 0 }, 'UPSTREAM_REJECTED'],
    [{ status: '0' }, 'UPSTREAM_REJECTED'],
    [{ status: 401 }, 'UPSTREAM_UNAUTHORIZED'],
    [{ status: '403' }, 'UPSTREAM_FORBIDDEN'],
    [{ status_code: 429 }, 'UPSTREAM_RATE_LIMITED'],
    [{ statusCode: 404, message: 'Not Found' }, 'UPSTREAM_REJECTED'],
    [{ status: 503 }, 'UPSTREAM_UNAVAILABLE'],
    [{ status: { code: 401 } }, 'UPSTREAM_UNAUTHORIZED'],
    [{ error: true, message: 'Forbidden' }, 'UPSTREAM_FORBIDDEN'],
    [{ error: 'Server Error' }, 'UPSTREAM_UNAVAILABLE'],
    [{ error: { message: 'The token lacks the scope messages:read.' } }, 'UPSTREAM_FORBIDDEN'],
    [{ error: { code: 'TOKEN_EXPIRED' } }, 'UPSTREAM_UNAUTHORIZED'],
    [{ error: 'invalid_token', error_description: 'No.' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ errors: ['Too many attempts.'] }, 'UPSTREAM_RATE_LIMITED'],
    [{ errors: { token: ['The token is invalid.'] } }, 'UPSTREAM_UNAUTHORIZED'],
    [{ errors: [{ status: '500', title: 'Oops' }] }, 'UPSTREAM_UNAVAILABLE'],
    [{ error_code: 6 }, 'UPSTREAM_REJECTED'],
    [{ errorCode: 'DEPRECATED_API_KEY' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ code: 500 }, 'UPSTREAM_UNAVAILABLE'],
    [{ code: 'RATE_LIMIT_EXCEEDED' }, 'UPSTREAM_RATE_LIMITED'],
    [{ message: 'Unauthenticated.' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'Your scope does not suffice: scope messages:read required.' }, 'UPSTREAM_FORBIDDEN'],
    [{ message: 'Too many requests for this token, which is not expired' }, 'UPSTREAM_RATE_LIMITED'],
    [{ message: 'Request limit: rate limit exceeded' }, 'UPSTREAM_RATE_LIMITED'],
    [{ message: 'Your API key is invalid' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'Service temporarily unavailable' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'Whoops, looks like something went wrong.' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'Server Error' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'An error occurred' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'An error has occurred.' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'Database connection failed' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'SQLSTATE[HY000]: General error' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'No data available due to a server error' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'Unable to retrieve messages' }, 'UPSTREAM_UNAVAILABLE'],
    [{ message: 'Subscription expired' }, 'UPSTREAM_FORBIDDEN'],
    [{ message: 'Your account has been suspended.' }, 'UPSTREAM_FORBIDDEN'],
    [{ message: 'Token expired. A new one will be sent soon.' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'The request was not successful: invalid token' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'API key not found' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'Invalid username or password' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'The access token provided is expired, revoked or malformed' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'Missing required header: X-Api-Key' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'A password is required' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: 'The token does not have the required scope' }, 'UPSTREAM_FORBIDDEN'],
    [{ message: 'Failed' }, 'UPSTREAM_REJECTED'],
    [{ message: 'Request was not completed successfully' }, 'UPSTREAM_REJECTED'],
    [{ message: '"Token expired"' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ Message: 'Authorization has been denied for this request.' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ MESSAGES: ['Token expired'] }, 'UPSTREAM_UNAUTHORIZED'],
    [{ message: { error: 'Token expired' } }, 'UPSTREAM_UNAUTHORIZED'],
    [{ type: 'error', message: 'Forbidden' }, 'UPSTREAM_FORBIDDEN'],
    [{ error_type: 'OAuthException', message: 'The access token is wrong' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ exception: 'QueryException' }, 'UPSTREAM_REJECTED'],
    [{ response_code: 401 }, 'UPSTREAM_UNAUTHORIZED'],
    [{ http_code: '403' }, 'UPSTREAM_FORBIDDEN'],
    [{ httpStatus: 503 }, 'UPSTREAM_UNAVAILABLE'],
    [{ header: { status: 'error' }, message: 'Token expired' }, 'UPSTREAM_UNAUTHORIZED'],
    [{ header: { status: 'error' }, msg: 'Forbidden for you' }, 'UPSTREAM_FORBIDDEN'],
    [{ code: -1 }, 'UPSTREAM_REJECTED'],
    [{ success: true, error: { code: 'X', message: 'Throttled' } }, 'UPSTREAM_RATE_LIMITED'],
    [{ status: 401, error: { code: 'E17', message: 'No.' } }, 'UPSTREAM_UNAUTHORIZED'],
    [{ meta: { error: 'Token expired', total: 0 } }, 'UPSTREAM_UNAUTHORIZED'],
    [{ meta: { errors: [{ message: 'Rate limit exceeded' }] } }, 'UPSTREAM_RATE_LIMITED'],
  ])('%j', async (failure, code) => {
    expect(await judge(failure)).toBe(code)
    expect(await judge({ ...failure, data: [] })).toBe(code)
    expect(await judge({ ...failure, data: null })).toBe(code)
    expect(await judge({ data: { ...failure, data: [] } })).toBe(code)
  })

  test.each([
    { success: false },
    { ok: 0 },
    { status: 'error' },
    { status: 500 },
    { error: 'Server Error' },
    { errors: [{ code: 1 }] },
    { error_code: 6 },
    { type: 'error' },
    { response_code: 401 },
    { header: { status: 'error' } },
  ])('also beside rows: %j', async (failure) => {
    expect(await judge({ ...failure, data: [ROW] })).not.toBe('fine')
  })
})

describe('a body under HTTP 200 that is a success', () => {
  test.each([
    {},
    { success: true },
    { success: 1, status: 'success', message: 'Messages retrieved.' },
    { success: null },
    { ok: true, error: null },
    { status: 'ok', errors: [] },
    { status: 200, error: '' },
    { status: true, error: [], errors: {} },
    { status: '200', error: {}, errors: null },
    { error: false, error_code: 0 },
    { error: { code: 0, message: '' }, error_code: null },
    { error: 'none', error_message: '' },
    { code: 200, message: 'OK' },
    { code: 0, message: 'success' },
    { code: 'OK' },
    { code: 1000, success: true },
    { message: 'No messages found.' },
    { message: 'No failed messages.' },
    { message: 'Authenticated. 0 messages in scope, rate limit: 58 of 60 left.' },
    { meta: { status: 'success', current_page: 1, total: 0 } },
    { meta: { status: 'failed', error: 3 } },
    { meta: { error: 'none', errors: [], exception: null } },
    { meta: { error: false, errors: { count: 2 } } },
    { meta: { error: 'Token expired' }, success: true },
    { filters: { status: 'failed', error: 'Token expired' } },
    { status: { sent: 3, failed: 2, error: 1 } },
    { status: { sent: 3, failed: 2, error: 1, at: '2026-04-24' } },
    { status: 3 },
    { status: 0, message: 'success' },
    { code: 10_000, msg: 'success' },
    { code: 20_000 },
    { message: 'Messages retrieved successfully. API key rotation required by June.' },
    { message: 'Search: "unauthorized" matched nothing' },
    { message: 'No results for invalid token.' },
    { message: 'Your token will expire in 5 days, a new key is required' },
    { result: 0, state: 'done' },
    { message: 'Password changes required every 90 days' },
    { message: 'Passwords: a change is required every quarter.' },
    { message: 'Key rotation is required monthly' },
    { message: 'Token usage report: none missing' },
    { message: 'Session recordings are disabled' },
    { message: 'Login page layout: some fields are required' },
    { message: 'User report: three chats closed' },
    { message: 'Channel overview, with campaigns that ended' },
    { message: 'Permission matrix updated, reviews required' },
    { message: 'Invalid rows: none. Passwords are managed elsewhere.' },
  ])('%j', async (honest) => {
    expect(await judge({ ...honest, data: [] })).toBe('fine')
    expect(await judge({ ...honest, data: [ROW] })).toBe('fine')
  })

  test('an unknown code fails only without a list and without a sign of success', async () => {
    expect(await judge({ code: 10_000 })).toBe('UPSTREAM_REJECTED')
    expect(await judge({ code: 10_000, data: null })).toBe('UPSTREAM_REJECTED')
    expect(await judge({ code: 10_000, data: null, message: 'OK' })).toBe('fine')
  })

  test('a bare list is not searched, whatever is in its rows', async () => {
    expect(await judge([ROW])).toBe('fine')
    expect(await judge([])).toBe('fine')
  })
})

describe('a single message', () => {
  const single = (body: unknown): Envelope => messageEnvelope(body, { id: 'id', others: ['sent_at'] })

  test.each([
    { id: 7, status: 'failed' },
    { id: 7, status: 'failed', message: 'Your token has expired' },
    { ...ROW, sent_at: '2026-04-24T12:00:00Z', error_code: 131026, errors: ['undeliverable'] },
    { success: true, status: 'failed', id: 7, sent_at: null },
    { data: { id: 7, status: 'failed' }, status: 'success' },
    { data: { ...ROW, sent_at: 'x' }, message: 'Token expired in this text' },
    { id: 7, status: 'failed', error_code: 470, type: 'error' },
    { message: { id: 7, status: 'failed' } },
  ])('may have failed itself: %j', async (body) => {
    expect(await judge(body, single)).toBe('fine')
  })

  test.each([
    { success: false, id: 7, sent_at: 'x' },
    { status: 'error', message: 'Token expired' },
    { status: 'error', data: { id: 7, sent_at: 'x' } },
    { id: 7, error: 'Token expired' },
    { data: { error: 'Token expired' } },
    { message: 'Unauthenticated.' },
    { message: 'Unauthenticated.', data: null },
    { header: { status: 'error' }, data: { id: 7, sent_at: 'x' } },
    { message: { error: 'Token expired' } },
    { type: 'error' },
  ])('is not there where the request failed: %j', async (body) => {
    expect(await judge(body, single)).not.toBe('fine')
  })
})

describe('the error', () => {
  test("has the upstream's words for the operator, in one short line, without secrets and numbers", async () => {
    const message = `Key ${SECRET} of +49 (30) 231-25380\u0000 is\n wrong, see 4917612345678. ${'x'.repeat(300)}`
    const server = await startServer(json({ success: false, code: 'KEY_WRONG', message }))
    const client = connect(server, { upstreamWords: true })
    const error = await upstreamError(client.getJson('messages', { envelope }))
    expect(error).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED', status: 200, upstreamCode: 'KEY_WRONG' })
    expect(error.upstreamWords).toMatch(/^Key \[redacted\] of \[number\] is wrong, see \[number\]\. xxx/)
    expect(error.upstreamWords?.length).toBe(200)
    expect(error.message).toContain('(an error inside an answer of HTTP 200 KEY_WRONG)')
    expect(server.requests).toHaveLength(1)
  })

  test('does not quote the rows beside it', async () => {
    const server = await startServer(
      json({ success: false, data: [{ message: 'private' }], result: { message: 'private' } }),
    )
    const client = connect(server, { upstreamWords: true })
    const error = await upstreamError(client.getJson('messages', { envelope }))
    expect(`${error.message} ${error.upstreamWords}`).not.toMatch(/private|token/)
  })

  test('takes its code from `classify` before all else', async () => {
    const server = await startServer(json({ error: { code: 'X9', message: 'Too many requests' } }))
    const client = connect(server, {
      classify: ({ status, upstreamCode }) =>
        status === 200 && upstreamCode === 'X9' ? 'UPSTREAM_FORBIDDEN' : undefined,
    })
    expect(await upstreamError(client.getJson('messages', { envelope }))).toMatchObject({
      code: 'UPSTREAM_FORBIDDEN',
    })
  })

  test('is tried again where that can help, as under any other status', async () => {
    const server = await startServer(json({ status: 503 }), json({ data: [ROW] }))
    expect(await connect(server).getJson('messages', { envelope })).toEqual({ data: [ROW] })
    expect(server.requests).toHaveLength(2)
    const limited = await startServer(json({ status: 429 }, 200, { 'retry-after': '600' }))
    expect(await upstreamError(connect(limited).getJson('messages', { envelope }))).toMatchObject({
      code: 'UPSTREAM_RATE_LIMITED',
      retryAfterSeconds: 600,
    })
  })

  test('is not recognized for a caller that names no envelope', async () => {
    const server = await startServer(json({ success: false }))
    expect(await connect(server).getJson('messages')).toEqual({ success: false })
  })
})
