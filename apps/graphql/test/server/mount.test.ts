import { createLogger, fillLimits } from '@waybill/runtime'
import type { FastifyInstance } from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { createAuthenticate } from '../../src/access/authenticate.js'
import type { FetchHandler } from '../../src/server/fetch-handler.js'
import { createHttpApp } from '../../src/server/http-app.js'
import { createAdmission } from '../../src/server/limits/admission.js'
import { createMetrics } from '../../src/server/metrics.js'
import { mount } from '../../src/server/mount.js'
import { bearerAuth, type LogLine, keepLog } from './support/harness.js'
import { SERVER_TOKEN } from './support/secrets.js'

const authorization = `Bearer ${SERVER_TOKEN}`

/** A server that has nothing but this handler, at `/stream`, for callers who may query. */
async function serve(handle: FetchHandler): Promise<{ url: string; log: readonly LogLine[] }> {
  const { log, stream } = keepLog()
  const limits = fillLimits()
  const app: FastifyInstance = await createHttpApp({
    logger: createLogger({ stream }),
    metrics: createMetrics(),
    limits,
    corsOrigins: [],
    authenticate: createAuthenticate(bearerAuth(SERVER_TOKEN)),
    isAllowedHost: () => true,
    isClosing: () => false,
  })
  const path = { path: '/stream', methods: ['GET', 'POST'], scope: 'messages:read', handle } as const
  await mount(app, path, { admission: createAdmission(limits), corsOrigins: [] })
  onTestFinished(() => app.close())
  return { url: `${await app.listen({ host: '127.0.0.1', port: 0 })}/stream`, log }
}

test('a handler reads a body of any size and sends one as they stream', async () => {
  const { url } = await serve(
    async (request) => new Response(request.body, { headers: { 'content-type': 'application/x-ndjson' } }),
  )
  const body = '{"text":"ü"}\n'.repeat(300_000)
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-ndjson' },
    body,
  })
  expect(await answer.text()).toBe(body)
})

test('a client that reads slowly slows the handler down', async () => {
  let sent = 0
  const { url } = await serve(async () => {
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536
        controller.enqueue(new Uint8Array(65_536))
      },
    })
    return new Response(body, { headers: { 'content-type': 'image/png' } })
  })
  const client = new AbortController()
  const answer = await fetch(url, { headers: { authorization }, signal: client.signal })
  let before = -1
  // What is under way fills the buffers of both sides, and then nothing moves.
  await expect.poll(() => sent === before || ((before = sent), false), { interval: 200 }).toBe(true)
  expect(sent).toBeLessThan(64 * 1_048_576)
  client.abort()
  await expect(answer.text()).rejects.toThrow(/abort/)
})

test('a client that goes away ends the stream and aborts the signal', async () => {
  const ended = Promise.withResolvers<string>()
  const aborted = Promise.withResolvers<unknown>()
  const { url, log } = await serve(async (_request, { signal }) => {
    signal.addEventListener('abort', () => aborted.resolve(signal.reason))
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024)),
      cancel: () => ended.resolve('cancelled'),
    })
    return new Response(body, { headers: { 'content-type': 'image/png' } })
  })
  const client = new AbortController()
  const answer = await fetch(url, { headers: { authorization }, signal: client.signal })
  expect(answer.status).toBe(200)
  client.abort()
  expect(await ended.promise).toBe('cancelled')
  expect(await aborted.promise).toMatchObject({ name: 'AbortError' })
  await expect.poll(() => log.map(({ status }) => status)).toEqual([499])
})

test('a handler gets who asks, and nobody comes to it without a token', async () => {
  const { url } = await serve(async (_request, { caller }) => new Response(caller?.name))
  expect((await fetch(url)).status).toBe(401)
  expect(await (await fetch(url, { headers: { authorization } })).text()).toBe('bearerTokens[0]')
  expect((await fetch(url, { method: 'DELETE' })).headers.get('allow')).toBe('GET, HEAD, POST, OPTIONS')
})

test('a handler that fails is a defect: masked for the client, in words in the log', async () => {
  const { url, log } = await serve(() => Promise.reject(new RangeError('no such page')))
  const answer = await fetch(url, { headers: { authorization } })
  expect(answer.status).toBe(500)
  expect(await answer.json()).toMatchObject({ errors: [{ message: 'Unexpected error.' }] })
  expect(log).toContainEqual(expect.objectContaining({ level: 'error', error: 'RangeError: no such page' }))
})
