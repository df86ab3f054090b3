import { createEngine } from '@waybill/engine'
import { createLogger, fillLimits } from '@waybill/runtime'
import { expect, onTestFinished, test } from 'vitest'
import { createCallerViews } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { createMetrics } from '../../src/server/metrics.js'
import { type RunningServer, startServer } from '../../src/server/server.js'
import { CURSOR_KEYS } from './support/harness.js'

async function start(host: string, port = 0): Promise<RunningServer> {
  const server = await startServer({
    host,
    port,
    viewOf: createCallerViews({
      engine: createEngine({ sources: [] }),
      sources: [],
      seal: createCursorSeal(CURSOR_KEYS),
    }),
    archive: null,
    auth: { kind: 'none' },
    limits: fillLimits(),
    graphql: { introspection: true, graphiql: true, documents: 'off', documentsFile: null },
    documents: new Map(),
    corsOrigins: [],
    logger: createLogger({ stream: { write: () => undefined } }),
    metrics: createMetrics(),
  })
  onTestFinished(() => server.close())
  return server
}

test('the URL names the address that it listens on', async () => {
  const { url } = await start('127.0.0.1')
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('where it listens everywhere the URL is one that a browser can open', async () => {
  const { url } = await start('0.0.0.0')
  expect(url).toMatch(/^http:\/\/localhost:\d+$/)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('an IPv6 address is written in brackets', async () => {
  const { url } = await start('::1')
  expect(url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('a port that is taken is reported as the system reports it', async () => {
  const { url } = await start('127.0.0.1')
  const second = start('127.0.0.1', Number(new URL(url).port))
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' })
})
