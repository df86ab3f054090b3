import type { MessageProvider } from '@waybill/core'
import { startOctopodsEmulator, type OctopodsErrorShape } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { connect, listRequest } from './support/connect.js'
import { octopodsRows } from './support/octopods-row.js'
import { upstreamError } from './support/upstream-error.js'

const SHAPES: readonly OctopodsErrorShape[] = ['documented', 'message', 'html', 'empty']
const CODES = [
  [400, 'UPSTREAM_REJECTED'],
  [401, 'UPSTREAM_UNAUTHORIZED'],
  [403, 'UPSTREAM_FORBIDDEN'],
  [404, 'UPSTREAM_REJECTED'],
  [429, 'UPSTREAM_RATE_LIMITED'],
  [500, 'UPSTREAM_UNAVAILABLE'],
  [503, 'UPSTREAM_UNAVAILABLE'],
] as const

const readers = [
  ['list', (provider: MessageProvider) => provider.list(listRequest())],
  ['get', (provider: MessageProvider) => provider.get?.('1')],
] as const

describe('a refused key', () => {
  it.each(readers)('is a matter of credentials, and not tried again: %s', async (_name, read) => {
    await using upstream = await startOctopodsEmulator({ apiKey: 'another-s3cret' })
    const provider = connect(upstream, { limits: { retries: 2 } })
    const error = await upstreamError(Promise.resolve(read(provider)))
    expect(error).toMatchObject({
      code: 'UPSTREAM_UNAUTHORIZED',
      source: 'main',
      status: 400,
      upstreamCode: '6',
    })
    expect(upstream.log).toHaveLength(1)
  })

  it.each([
    { error_code: 6, error: 'anything' },
    { error_code: '6' },
    { error_code: 1, error: 'Missing API key' },
    { error: 'DEPRECATED_API_KEY' },
    { message: 'Header X-Octopods-Auth is required' },
  ])('may come as %j', async (body) => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 400, body })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.code).toBe('UPSTREAM_UNAUTHORIZED')
  })
})

describe('a failure of the upstream', () => {
  const rows = SHAPES.flatMap((shape) => CODES.map(([status, code]) => ({ shape, status, code })))

  it.each(rows)('that is not documented is classified by its status: %j', async ({ shape, status, code }) => {
    await using upstream = await startOctopodsEmulator({ errorShape: shape })
    upstream.faults.next({ kind: 'status', status })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error).toMatchObject({ code, status, source: 'main' })
  })

  it('is not taken for an empty list under another status', async () => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({
      kind: 'status',
      status: 500,
      body: { error_code: 2, error: 'Resource Not Found' },
    })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.code).toBe('UPSTREAM_UNAVAILABLE')
  })

  it.each(readers)('is classified by its error code, not by its words: %s', async (_name, read) => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 400, body: { message: 'Resource Not Found' } })
    const provider = connect(upstream, { upstreamWords: true })
    const error = await upstreamError(Promise.resolve(read(provider)))
    expect(error).toMatchObject({ code: 'UPSTREAM_REJECTED', status: 400 })
    expect(error.upstreamWords).toBe('Resource Not Found')
    expect(error.message).not.toContain('Resource Not Found')
  })

  it('holds how long to wait', async () => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'status', status: 429, headers: { 'retry-after': '7' } })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.retryAfterSeconds).toBe(7)
  })

  it.each(readers)('that never answers is a timeout: %s', async (_name, read) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(1) })
    upstream.faults.next({ kind: 'hang' })
    const provider = connect(upstream, { limits: { attemptTimeoutMs: 30 } })
    const error = await upstreamError(Promise.resolve(read(provider)))
    expect(error).toMatchObject({ code: 'UPSTREAM_TIMEOUT', source: 'main' })
  })

  it.each([
    ['reset', 'UPSTREAM_UNAVAILABLE'],
    ['cutOff', 'UPSTREAM_UNAVAILABLE'],
    ['html', 'UPSTREAM_UNAVAILABLE'],
    ['truncatedJson', 'UPSTREAM_INVALID_RESPONSE'],
  ] as const)('by %s is %s', async (kind, code) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(3) })
    for (const [, read] of readers) {
      upstream.faults.next({ kind })
      const error = await upstreamError(Promise.resolve(read(connect(upstream))))
      expect(error).toMatchObject({ code, source: 'main' })
    }
  })

  it('by an HTML page under HTTP 200 is an invalid response', async () => {
    await using upstream = await startOctopodsEmulator()
    upstream.faults.next({ kind: 'html', status: 200 })
    const error = await upstreamError(connect(upstream).list(listRequest()))
    expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
  })
})

describe('a call', () => {
  it('is retried as the limits allow, and reported before every attempt', async () => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(1) })
    upstream.faults.next({ kind: 'status', status: 503 })
    let attempts = 0
    const call = { beforeAttempt: () => void (attempts += 1) }
    const { messages } = await connect(upstream, { limits: { retries: 1 } }).list(listRequest(), call)
    expect(messages).toHaveLength(1)
    expect(attempts).toBe(2)
  })

  it.each(readers)('is not sent when the budget refuses it: %s', async (name) => {
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(1) })
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
    await using upstream = await startOctopodsEmulator({ rows: octopodsRows(1) })
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
