import type { MessageProvider, UpstreamErrorCode } from '@waybill/core'
import { startOctopodsEmulator } from '@waybill/emulators'
import { afterAll, describe, expect, it } from 'vitest'
import { HONEST_MEMBERS, PLAIN_FAILURES, WORDED_FAILURES } from '../../../test/support/failed-answers.js'
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
  ...WORDED_FAILURES,
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

  it('outweighs messages beside it, also where it claims an empty list', async () => {
    for (const failure of [{ success: false }, { error_code: 2, error: 'Resource Not Found' }]) {
      const error = await upstreamError(answering({ ...Object(LIST_B), ...failure }).list(listRequest()))
      expect(error.code).toBe('UPSTREAM_REJECTED')
    }
  })

  it.each([
    { error_code: 2, error: 'Resource Not Found' },
    { request_id: 'x', error_code: '2' },
  ])('may mean that the message does not exist: %j', async (body) => {
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
  ])('is a list, whatever is around it: %j', async (around) => {
    const full = await answering({ ...Object(LIST_B), ...around }).list(listRequest())
    expect(full.messages.map(({ status }) => status)).toEqual(['DELIVERED', 'FAILED'])
    expect((await answering({ messages: [], ...around }).list(listRequest())).messages).toEqual([])
  })

  it.each(HONEST_MEMBERS)('may look like a failure: %j', async (around) => {
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
