import type { MessageProvider, UpstreamErrorCode } from '@waybill/core'
import { startOctopodsEmulator } from '@waybill/emulators'
import { afterAll, describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { LIST_A, LIST_B, STATUS_1, STATUS_2 } from './support/samples.js'
import { upstreamError } from './support/upstream-error.js'

const upstream = await startOctopodsEmulator()

afterAll(() => upstream.close())

/** The provider of an upstream that answers every request with one body under HTTP 200. */
function answering(body: unknown): MessageProvider {
  upstream.faults.clear()
  upstream.faults.when(() => true, { kind: 'status', status: 200, body })
  return connect(upstream)
}

const FAILURES: readonly (readonly [object, UpstreamErrorCode])[] = [
  [{ error_code: 6 }, 'UPSTREAM_UNAUTHORIZED'],
  [{ error_code: '6', error: 'DEPRECATED_API_KEY' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ request_id: 'x', error_code: 1, error: 'Missing API key' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ error_code: 9, error: 'Too many requests for this API key' }, 'UPSTREAM_RATE_LIMITED'],
  [{ error_code: 17 }, 'UPSTREAM_REJECTED'],
  [{ error: 'Resource Not Found' }, 'UPSTREAM_REJECTED'],
  [{ error: 'Internal server error' }, 'UPSTREAM_UNAVAILABLE'],
  [{ status: 'error', message: 'Forbidden' }, 'UPSTREAM_FORBIDDEN'],
  [{ status: 503 }, 'UPSTREAM_UNAVAILABLE'],
  [{ success: false }, 'UPSTREAM_REJECTED'],
  [{ errors: ['Invalid key'] }, 'UPSTREAM_UNAUTHORIZED'],
  [{ message: 'Whoops, looks like something went wrong.' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'Server Error' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'An error occurred' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'Database connection failed' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'SQLSTATE[HY000]: General error' }, 'UPSTREAM_UNAVAILABLE'],
  [{ message: 'Subscription expired' }, 'UPSTREAM_FORBIDDEN'],
  [{ message: 'Account suspended' }, 'UPSTREAM_FORBIDDEN'],
  [{ Message: 'Authorization has been denied for this request.' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ message: { error: 'Token expired' } }, 'UPSTREAM_UNAUTHORIZED'],
]

/** Marks that count beside rows too. */
const PLAIN_FAILURES: readonly (readonly [object, UpstreamErrorCode])[] = [
  [{ type: 'error', message: 'Forbidden' }, 'UPSTREAM_FORBIDDEN'],
  [{ response_code: 401 }, 'UPSTREAM_UNAUTHORIZED'],
  [{ http_code: 403 }, 'UPSTREAM_FORBIDDEN'],
  [{ status_code: '429' }, 'UPSTREAM_RATE_LIMITED'],
  [{ httpStatus: 503 }, 'UPSTREAM_UNAVAILABLE'],
  [{ header: { status: 'error' }, message: 'Token expired' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ error_type: 'OAuthException' }, 'UPSTREAM_REJECTED'],
  [{ exception: 'Illuminate\\Database\\QueryException' }, 'UPSTREAM_REJECTED'],
]

/** What looks like a failure and is none: other numberings, counts, echoes of the question, warnings. */
const HONEST: readonly object[] = [
  { code: 10_000, msg: 'success' },
  { code: 20_000, msg: 'success' },
  { code: 20_000 },
  { status: 0, message: 'success' },
  { status: 0, success: true },
  { meta: { status: 'failed' } },
  { meta: { error: 3 } },
  { pagination: { status: 'failed' } },
  { filters: { status: 'failed', error: 'Token expired' } },
  { query: { search: 'unauthorized', message: 'unauthorized' } },
  { status: { sent: 3, failed: 2, error: 1 } },
  { message: 'Messages retrieved successfully. API key rotation required by June.' },
  { message: 'Search: "unauthorized" matched nothing' },
  { message: 'Your token will expire in 5 days, a new key is required' },
]

describe('an error inside an answer of HTTP 200', () => {
  it.each([...FAILURES, ...PLAIN_FAILURES])('is no empty list: %j', async (failure, code) => {
    for (const list of [{}, { messages: [] }, { messages: null }, { messages: {} }, { data: [] }]) {
      const error = await upstreamError(answering({ ...failure, ...list }).list(listRequest()))
      expect(error).toMatchObject({ code, status: 200, source: 'main' })
    }
  })

  it.each([...FAILURES, ...PLAIN_FAILURES])('is no status of a message: %j', async (failure, code) => {
    const error = await upstreamError(Promise.resolve(answering(failure).get?.('98765')))
    expect(error).toMatchObject({ code, status: 200, source: 'main' })
  })

  it.each([[{ error_code: 6 }, 'UPSTREAM_UNAUTHORIZED'] as const, ...PLAIN_FAILURES])(
    'outweighs messages beside it: %j',
    async (failure, code) => {
      const error = await upstreamError(answering({ ...Object(LIST_B), ...failure }).list(listRequest()))
      expect(error.code).toBe(code)
    },
  )

  it('outweighs messages beside it, also where it says that there are none', async () => {
    for (const failure of [{ success: false }, { error_code: 2, error: 'Resource Not Found' }]) {
      const error = await upstreamError(answering({ ...Object(LIST_B), ...failure }).list(listRequest()))
      expect(error.code).toBe('UPSTREAM_REJECTED')
    }
  })

  it.each([
    { error_code: 2, error: 'Resource Not Found' },
    { request_id: 'x', error_code: '2' },
  ])('may say that there is no such message: %j', async (body) => {
    expect(await answering(body).get?.('98765')).toBeNull()
  })
})

describe('an honest answer', () => {
  it.each([
    { success: true },
    { status: 'success', message: 'OK', error: null },
    { status: 200, errors: [], error: '' },
    { error_code: 0, error: [] },
    { error_code: null, errors: {} },
  ])('is a list, whatever stands around it: %j', async (around) => {
    const full = await answering({ ...Object(LIST_B), ...around }).list(listRequest())
    expect(full.messages.map(({ status }) => status)).toEqual(['DELIVERED', 'FAILED'])
    expect((await answering({ messages: [], ...around }).list(listRequest())).messages).toEqual([])
  })

  it.each(HONEST)('may look like a failure: %j', async (around) => {
    const full = await answering({ ...Object(LIST_B), ...around }).list(listRequest())
    expect(full.messages).toHaveLength(2)
    expect((await answering({ messages: [], ...around }).list(listRequest())).messages).toEqual([])
  })

  it('is a bare list too', async () => {
    expect((await answering(LIST_A).list(listRequest())).messages).toHaveLength(2)
    expect((await answering([]).list(listRequest())).messages).toEqual([])
  })

  it.each([
    [{ ...Object(STATUS_1), status: 'FAILED', status_message: 'Your token has expired.' }, '98765'],
    [{ ...Object(STATUS_2), status: 'failed', failure_reason: 'Invalid key', error_code: 470 }, '3851828'],
    [{ message_id: 5, status: 'failed' }, '5'],
  ])('is a message that failed itself: %j', async (body, id) => {
    const single = await answering(body).get?.(id)
    expect(single?.message ?? single?.fields).toMatchObject({ status: 'FAILED' })
  })

  it.each(['', [], {}, '0000-00-00 00:00:00'])('may leave times out by %j', async (nothing) => {
    const body = { ...Object(STATUS_2), delivered_at: nothing, read_at: nothing }
    const single = await answering(body).get?.('3851828')
    expect(single).toMatchObject({
      message: { status: 'DELIVERED', failure: null },
      detail: { deliveredAt: null, readAt: null },
    })
  })
})
