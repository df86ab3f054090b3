import { setTimeout as wait } from 'node:timers/promises'
import { generateOctopodsRows, plainOctopodsRow } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { createPostgresPlace } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams, type Upstreams } from './support/archived-server.js'
import { type Severable, severable } from '../../../../test/support/severable.js'
import type { Harness } from '../server/support/harness.js'
import { PATIENCE } from './support/wait.js'

const QUERY =
  'query ($policy: SourceErrorPolicy!) { messages(onSourceError: $policy) { totalCount sources { source { key } outcome error { code message } } } }'

const UNREADY = {
  status: 'archive unavailable',
  reason: expect.stringMatching(/^The archive cannot be reached\. Check archive\.url/),
}

async function startFilled(): Promise<{ server: Harness; way: Severable; upstreams: Upstreams }> {
  const upstreams = await startUpstreams({ octopods: { rows: generateOctopodsRows({ count: 20, seed: 1 }) } })
  const way = await severable(await emptyArchive(createPostgresPlace))
  const server = await serve(upstreams, { archive: way.url })
  await expect.poll(() => countOf(server), PATIENCE).toBe(20)
  return { server, way, upstreams }
}

async function countOf(server: Harness): Promise<unknown> {
  const { data } = await server.ask(QUERY, { policy: 'FAIL' })
  return (data?.['messages'] as { totalCount: number } | undefined)?.totalCount
}

async function readiness({ get }: Harness): Promise<{ status: number; body: unknown }> {
  const { status, text } = await get('/readyz')
  return { status, body: JSON.parse(text) as unknown }
}

test('an archive that becomes unreachable is reported to clients and operators, and is read again once it is back', async () => {
  const { server, way, upstreams } = await startFilled()
  expect(await readiness(server)).toEqual({ status: 200, body: { status: 'ready' } })

  way.cut()
  const failed = await server.ask(QUERY, { policy: 'FAIL' })
  expect(failed.status).toBe(200)
  expect(failed.errors).toMatchObject([
    {
      message: expect.stringMatching(/^The archive cannot be used.*\. .*\bcheck /i),
      extensions: { code: 'ARCHIVE_UNAVAILABLE', source: expect.stringMatching(/^(octo|shop)$/) },
    },
  ])
  const partial = await server.ask(QUERY, { policy: 'PARTIAL' })
  const report = { outcome: 'FAILED', error: { code: 'ARCHIVE_UNAVAILABLE', message: expect.any(String) } }
  expect(partial.data).toMatchObject({
    messages: {
      sources: [
        { source: { key: 'octo' }, ...report },
        { source: { key: 'shop' }, ...report },
      ],
    },
  })
  const status = await server.ask('{ sources { key archive { messageCount } } }')
  expect(status.errors).toMatchObject([
    { path: ['sources', 0, 'archive'], extensions: { code: 'ARCHIVE_UNAVAILABLE', source: 'octo' } },
    { path: ['sources', 1, 'archive'], extensions: { code: 'ARCHIVE_UNAVAILABLE', source: 'shop' } },
  ])
  const log = 'id,at\n1,2026-10-05T00:00:00Z\n'
  const reconciled = await server.get('/reconcile', { method: 'POST', body: log })
  expect(reconciled.status).toBe(503)
  expect(reconciled.text).toMatch(/"code":"ARCHIVE_UNAVAILABLE"/)
  expect(await readiness(server)).toEqual({ status: 503, body: UNREADY })
  expect((await server.get('/healthz')).status).toBe(200)
  expect((await server.get('/metrics')).text).toContain('waybill_archive_up 0\n')
  upstreams.octopods.table.insert(
    plainOctopodsRow(upstreams.octopods.table.nextId(), { createdAt: Date.now() }),
  )

  way.restore()
  await expect.poll(async () => (await readiness(server)).status, PATIENCE).toBe(200)
  await expect.poll(() => countOf(server), PATIENCE).toBe(21)
  expect((await server.get('/metrics')).text).toContain('waybill_archive_up 1\n')
})

test('the log names the outage once, with what to do', async () => {
  const { server, way } = await startFilled()
  const syncedAt = async (): Promise<string> =>
    (await server.ask('{ sources { archive { lastSyncedAt } } }')).text
  const before = await syncedAt()
  // The queue is at work.
  await expect.poll(syncedAt, PATIENCE).not.toBe(before)
  way.cut()
  const told = (): unknown[] =>
    server.log.filter(({ message }) => /queue of the sync/.test(message)).map(({ code }) => code)
  await expect.poll(told, PATIENCE).toEqual(['ARCHIVE_UNAVAILABLE'])
  await wait(2000)
  expect(told()).toHaveLength(1)
  way.restore()
})

test('a server that lost its archive stops as asked', async () => {
  const { server, way } = await startFilled()
  way.cut()
  await server.close()
  await expect(server.get('/healthz')).rejects.toThrow('fetch failed')
})

test('an archive that no longer answers makes the server unready', async () => {
  const { server, way } = await startFilled()
  way.silence()
  expect(await readiness(server)).toEqual({ status: 503, body: UNREADY })
  way.restore()
  await expect.poll(async () => (await readiness(server)).status, PATIENCE).toBe(200)
})
