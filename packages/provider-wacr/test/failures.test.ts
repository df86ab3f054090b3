import type { MessageProvider } from '@waybill/core'
import { startWacrEmulator, type WacrErrorShape } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { upstreamError } from './support/upstream-error.js'
import { wacrRows } from './support/wacr-row.js'

const SHAPES: readonly WacrErrorShape[] = ['nested', 'flat', 'message', 'html', 'empty']
const CODES = [
  [401, 'UPSTREAM_UNAUTHORIZED'],
  [403, 'UPSTREAM_FORBIDDEN'],
  [404, 'UPSTREAM_REJECTED'],
  [422, 'UPSTREAM_REJECTED'],
  [429, 'UPSTREAM_RATE_LIMITED'],
  [500, 'UPSTREAM_UNAVAILABLE'],
  [503, 'UPSTREAM_UNAVAILABLE'],
] as const

const readers = [
  ['list', (provider: MessageProvider) => provider.list(listRequest())],
  ['get', (provider: MessageProvider) => provider.get?.('1')],
] as const

describe('a failure of the upstream', () => {
  const rows = SHAPES.flatMap((shape) => CODES.map(([status, code]) => ({ shape, status, code })))

  it.each(rows)('is classified by its status: %j', async ({ shape, status, code }) => {
    await using upstream = await startWacrEmulator({ errorShape: shape })
    upstream.faults.next({ kind: 'status', status })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error).toMatchObject({ code, status, source: 'shop' })
  })

  it('keeps the error code of the upstream', async () => {
    await using upstream = await startWacrEmulator({ token: 'another-s3cret', scopes: [] })
    const refused = await upstreamError(connect(upstream).list(listRequest()))
    expect(refused).toMatchObject({ code: 'UPSTREAM_UNAUTHORIZED', upstreamCode: 'UNAUTHORIZED' })
    upstream.settings.token = 'wacr-s3cret-token'
    const denied = await upstreamError(connect(upstream).list(listRequest()))
    expect(denied).toMatchObject({ code: 'UPSTREAM_FORBIDDEN', upstreamCode: 'INSUFFICIENT_SCOPE' })
  })

  it('has the words of the upstream where the host asks for them, numbers masked', async () => {
    await using upstream = await startWacrEmulator()
    const body = { message: 'Limit of +49 151 12345678 reached' }
    upstream.faults.next({ kind: 'status', status: 422, body })
    const error = await upstreamError(connect(upstream, { upstreamWords: true }).list(listRequest()))
    expect(error.upstreamWords).toBe('Limit of [number] reached')
    expect(error.message).not.toContain('Limit of')
  })

  it('holds how long to wait', async () => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '7' } })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.retryAfterSeconds).toBe(7)
  })

  it.each([
    [{ error: { code: 'UNAUTHORIZED', message: 'x' } }, 'UPSTREAM_UNAUTHORIZED', 'UNAUTHORIZED'],
    [{ error_code: 'INSUFFICIENT_SCOPE' }, 'UPSTREAM_FORBIDDEN', 'INSUFFICIENT_SCOPE'],
    [{ code: 'RATE_LIMIT_EXCEEDED' }, 'UPSTREAM_RATE_LIMITED', 'RATE_LIMIT_EXCEEDED'],
    [{ error: { code: 'INTERNAL_ERROR' }, data: [] }, 'UPSTREAM_UNAVAILABLE', 'INTERNAL_ERROR'],
    [{ error: { code: 'NOT_FOUND' } }, 'UPSTREAM_REJECTED', 'NOT_FOUND'],
    [{ error: { code: 'wacr-s3cret-token' } }, 'UPSTREAM_REJECTED', undefined],
    [{ message: 'wacr-s3cret-token' }, 'UPSTREAM_REJECTED', undefined],
  ])('is told by its code under HTTP 200: %j', async (body, code, upstreamCode) => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'status', status: 200, body: { success: false, ...body } })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error).toMatchObject({ code, status: 200, upstreamCode, source: 'shop' })
    expect(error.message).not.toContain('s3cret')
  })

  it.each(readers)('that never answers is a timeout: %s', async (_name, read) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(1) })
    upstream.faults.next({ kind: 'hang' })
    const error = await upstreamError(
      Promise.resolve(read(connect(upstream, { limits: { attemptTimeoutMs: 30 } }))),
    )
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', source: 'shop' })
  })

  it.each([
    ['reset', 'UPSTREAM_UNAVAILABLE'],
    ['cutOff', 'UPSTREAM_UNAVAILABLE'],
    ['html', 'UPSTREAM_UNAVAILABLE'],
    ['truncatedJson', 'UPSTREAM_INVALID_RESPONSE'],
  ] as const)('by %s is %s', async (kind, code) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(3) })
    for (const [, read] of readers) {
      upstream.faults.next({ kind })
      const error = await upstreamError(Promise.resolve(read(connect(upstream))))
      expect(error).toMatchObject({ code, source: 'shop' })
    }
  })

  it('by an HTML page under HTTP 200 is an invalid response', async () => {
    await using upstream = await startWacrEmulator()
    upstream.faults.next({ kind: 'html', status: 200 })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
  })
})

describe('a call', () => {
  it('is retried as the limits allow, and reported before every attempt', async () => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(1) })
    upstream.faults.next({ kind: 'status', status: 503 })
    let attempts = 0
    const call = { beforeAttempt: () => void (attempts += 1) }
    const { messages } = await connect(upstream, { limits: { retries: 1 } }).list(listRequest(), call)
    expect(messages).toHaveLength(1)
    expect(attempts).toBe(2)
  })

  it.each(readers)('is not sent when the budget refuses it: %s', async (name) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(1) })
    const spent = new Error('spent')
    const call = {
      beforeAttempt: () => {
        throw spent
      },
    }
    const provider = connect(upstream)
    const outcome = name === 'list' ? provider.list(listRequest(), call) : provider.get?.('1', call)
    await expect(outcome).rejects.toBe(spent)
    expect(upstream.log).toEqual([])
  })

  it.each(readers)('is cancelled by its signal, with the reason: %s', async (name) => {
    await using upstream = await startWacrEmulator({ rows: wacrRows(1) })
    upstream.faults.next({ kind: 'hang' })
    const cancel = new AbortController()
    const reason = new Error('gone')
    upstream.onRequest(() => cancel.abort(reason))
    const provider = connect(upstream)
    const call = { signal: cancel.signal }
    const outcome = name === 'list' ? provider.list(listRequest(), call) : provider.get?.('1', call)
    await expect(outcome).rejects.toBe(reason)
  })
})
