import { createEngine } from '@waybill/engine'
import { createLogger, fillLimits } from '@waybill/runtime'
import { expect, onTestFinished, test } from 'vitest'
import { createAuthenticate } from '../../src/access/authenticate.js'
import { createCallerViews } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { createHttpApp } from '../../src/server/http-app.js'
import { createAdmission } from '../../src/server/limits/admission.js'
import { createMetrics } from '../../src/server/metrics.js'
import { mount } from '../../src/server/mount.js'
import { createReconcileHandler } from '../../src/server/reconcile-handler.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { CURSOR_KEYS, keepLog } from './support/harness.js'

const LOG = ['id', ...Array.from({ length: 1500 }, (_, index) => String(index))].join('\n')

test('a client that takes no more findings is given up, and nothing is kept for it', async () => {
  const { log, stream } = keepLog()
  const limits = fillLimits()
  const logger = createLogger({ stream })
  const sources = [sourceOf('shop', arrayProvider())]
  const engine = createEngine({ sources })
  const viewOf = createCallerViews({ engine, sources, seal: createCursorSeal(CURSOR_KEYS) })
  const admission = createAdmission(limits)
  const reconcile = createReconcileHandler({
    viewOf,
    archive: null,
    limits,
    logger,
    maxIdleMs: 50,
    admission,
  })
  const app = await createHttpApp({
    logger,
    metrics: createMetrics(),
    limits,
    corsOrigins: [],
    authenticate: createAuthenticate({ kind: 'none' }),
    isAllowedHost: () => true,
    isClosing: () => false,
  })
  onTestFinished(() => app.close())
  const rest = Promise.withResolvers<ReadableStreamDefaultReader<Uint8Array> | undefined>()
  const path = {
    path: '/reconcile',
    methods: ['POST'],
    scope: 'messages:read',
    isUpload: true,
    handle: async (request, exchange) => {
      const reader = (await reconcile(request, exchange)).body?.getReader()
      const first = await reader?.read()
      rest.resolve(reader)
      return new Response(first?.value)
    },
  } as const satisfies Parameters<typeof mount>[1]
  await mount(app, path, { admission, corsOrigins: [] })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const answer = await fetch(`${url}/reconcile`, { method: 'POST', body: LOG })
  expect(await answer.text()).toMatch(/^\{"entry":1,/)
  await expect
    .poll(() => log.map(({ message }) => message))
    .toContain('The findings of a log were broken off')
  await expect((await rest.promise)?.read()).rejects.toThrow('The client has taken nothing')
})
