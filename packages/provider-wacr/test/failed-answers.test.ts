import type { MessageProvider, UpstreamErrorCode } from '@waybill/core'
import { startWacrEmulator, type WacrEnvelope } from '@waybill/emulators'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { HONEST_MEMBERS, PLAIN_FAILURES, WORDED_FAILURES } from '../../../test/support/failed-answers.js'
import { connect, listRequest } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { wacrRow, wacrRows } from './support/wacr-row.js'

const upstream = await startWacrEmulator()

afterAll(() => upstream.close())

/** The provider of an upstream that answers every request with one body under HTTP 200. */
function answering(body: unknown): MessageProvider {
  upstream.faults.clear()
  upstream.faults.when(() => true, { kind: 'status', status: 200, body })
  return connect(upstream)
}

const ROW = { id: 1, sent_at: '2026-04-24T12:00:00Z', status: 'failed', message: 'Your token has expired' }

const FAILURES: readonly (readonly [object, UpstreamErrorCode])[] = [
  [{ status: 'error', message: 'Token expired' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ status: false }, 'UPSTREAM_REJECTED'],
  [{ success: 0 }, 'UPSTREAM_REJECTED'],
  [{ success: 'false', message: 'Too many requests' }, 'UPSTREAM_RATE_LIMITED'],
  [{ ok: false }, 'UPSTREAM_REJECTED'],
  [{ error: { code: 'INSUFFICIENT_SCOPE', message: 'x' } }, 'UPSTREAM_FORBIDDEN'],
  [{ error: { code: 'UNAUTHORIZED' } }, 'UPSTREAM_UNAUTHORIZED'],
  [{ errors: [{ message: 'Server Error' }] }, 'UPSTREAM_UNAVAILABLE'],
  [{ errors: { per_page: ['Too large.'] } }, 'UPSTREAM_REJECTED'],
  [{ error_code: 'RATE_LIMIT_EXCEEDED' }, 'UPSTREAM_RATE_LIMITED'],
  [{ code: 'INTERNAL_ERROR' }, 'UPSTREAM_UNAVAILABLE'],
  [{ status: 401 }, 'UPSTREAM_UNAUTHORIZED'],
  [{ message: 'Unauthenticated.' }, 'UPSTREAM_UNAUTHORIZED'],
  [{ messages: ['Token expired'] }, 'UPSTREAM_UNAUTHORIZED'],
  ...WORDED_FAILURES,
]

describe('an error inside an answer of HTTP 200', () => {
  const lists = [{}, { data: [] }, { data: null }, { data: { data: [] } }, { rows: [] }]

  it.each([...FAILURES, ...PLAIN_FAILURES])('is no empty list: %j', async (failure, code) => {
    for (const list of lists) {
      const error = await upstreamError(answering({ ...failure, ...list }).list(listRequest()))
      expect(error).toMatchObject({ code, status: 200, source: 'shop' })
    }
  })

  it.each([...FAILURES, ...PLAIN_FAILURES])('is no message either: %j', async (failure, code) => {
    for (const data of [undefined, null, []]) {
      const read = Promise.resolve(answering({ ...failure, data }).get?.('1'))
      expect(await upstreamError(read)).toMatchObject({ code, status: 200, source: 'shop' })
    }
  })

  it.each([...FAILURES.slice(0, 10), ...PLAIN_FAILURES])(
    'outweighs rows beside it: %j',
    async (failure, code) => {
      const error = await upstreamError(answering({ ...failure, data: [ROW] }).list(listRequest()))
      expect(error.code).toBe(code)
      expect(error.message).not.toContain('Your token')
    },
  )

  it("keeps the upstream's words out of the message", async () => {
    const error = await upstreamError(
      answering({ success: false, message: 'Limit of +49 151 12345678 reached' }).list(listRequest()),
    )
    expect(error.message).not.toMatch(/Limit of|12345678/)
    expect(error.upstreamWords).toBeUndefined()
  })

  it.each([404, '404', 'NOT_FOUND'])('means that the message does not exist by the code %j', async (code) => {
    expect(await answering({ success: false, code }).get?.('1')).toBeNull()
    expect((await upstreamError(answering({ success: false, code }).list(listRequest()))).code).toBe(
      'UPSTREAM_REJECTED',
    )
  })
})

describe('an honest answer', () => {
  const members = {
    success: fc.constantFrom<unknown>(true, 1, '1'),
    status: fc.constantFrom<unknown>('success', 'ok', 200, true),
    error: fc.constantFrom<unknown>(null, '', [], {}, false),
    errors: fc.constantFrom<unknown>([], {}, null),
    message: fc.constantFrom<unknown>('OK', 'Messages retrieved.', 'Search: "unauthorized" matched nothing'),
    error_code: fc.constantFrom<unknown>(0, null),
    code: fc.constantFrom<unknown>(0, 200, 10_000, 20_000, 'OK'),
    filters: fc.constantFrom<unknown>({ status: 'failed' }, { error: 'Token expired' }),
  }

  it('is a list, whatever is around it', async () => {
    upstream.faults.clear()
    for (const row of wacrRows(3)) upstream.table.insert({ ...row, status: 'failed' })
    const envelopes: readonly WacrEnvelope[] = ['data', 'data-meta', 'data-pagination', 'root', 'nested']
    await fc.assert(
      fc.asyncProperty(
        fc.record(members, { requiredKeys: [] }),
        fc.constantFrom(...envelopes),
        fc.constantFrom(1, 2),
        async (around, envelope, number) => {
          upstream.settings.envelope = envelope
          upstream.faults.clear()
          const change = (body: unknown): object => ({ ...Object(body), ...around })
          upstream.faults.next({ kind: 'mutateBody', change })
          const page = { kind: 'page', number, size: 5 } as const
          const { messages, rejected } = await connect(upstream).list(listRequest({ page }))
          expect([messages.length, rejected]).toEqual([number === 1 ? 3 : 0, []])
        },
      ),
    )
  })

  it.each(HONEST_MEMBERS)('may look like a failure: %j', async (around) => {
    const { messages } = await answering({ ...around, data: [ROW, { ...ROW, id: 2 }] }).list(listRequest())
    expect(messages).toHaveLength(2)
    expect((await answering({ ...around, data: [] }).list(listRequest())).messages).toEqual([])
    const read = await answering({ ...around, data: { ...ROW } }).get?.('1')
    expect(read?.message).toMatchObject({ upstreamId: '1' })
  })

  it.each([
    { ...ROW },
    { ...ROW, error: 'undeliverable', error_code: 131026, errors: ['x'] },
    { success: true, ...ROW },
    { data: ROW, success: true, message: 'Message retrieved.' },
    { data: { ...ROW, errors: [{ code: 131026 }] }, status: 'success' },
  ])('is a message, which may have failed itself: %j', async (body) => {
    expect((await answering(body).get?.('1'))?.message).toMatchObject({ upstreamId: '1', status: 'FAILED' })
  })

  it('shows a failed message also where it has nothing else', async () => {
    expect(await answering({ id: 1, status: 'failed' }).get?.('1')).toMatchObject({ message: null })
  })

  it('may have fields left out in any way', async () => {
    const { message } = (await answering({ ...ROW, url: [], staff_id: '', sender_id: {} }).get?.('1')) ?? {}
    expect(message).toMatchObject({ from: null, sentAt: wacrRow(0).createdAt })
  })
})
