import { generateWacrRows, plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

const SELDOM = { sync: { minPollSeconds: 600, maxPollSeconds: 600, maxStalenessSeconds: 3600 } }

test('what is archived costs no upstream request, and only its detail is asked for', async () => {
  const upstreams = await startUpstreams({
    octopods: { rows: [plainOctopodsRow(1)] },
    wacr: { rows: [plainWacrRow(1), plainWacrRow(2, { staffId: 9 })] },
  })
  const server = await serve(upstreams, { archive: await emptyArchive(createSqlitePlace), section: SELDOM })
  const count = async (): Promise<unknown> => (await server.ask('{ messages { totalCount } }')).data
  await expect.poll(count, PATIENCE).toEqual({ messages: { totalCount: 3 } })
  // What is left of the first sync.
  await expect
    .poll(async () => (await server.ask('{ sources { archive { coverage { from } } } }')).text, PATIENCE)
    .toMatch(/1970.*1970/)
  const sent = upstreams.wacr.log.length

  const list = await server.ask(
    '{ messages(search: "message") { nodes { text direction raw statusHistory { status } } sources { upstreamRequests } } }',
  )
  expect(list.data).toMatchObject({
    messages: {
      nodes: [{ raw: expect.any(Object) }, {}, {}],
      sources: [{ upstreamRequests: 0 }, { upstreamRequests: 0 }],
    },
  })
  expect(upstreams.wacr.log).toHaveLength(sent)

  const detail = await server.ask(
    '{ messages(search: "Message 2") { nodes { detail { staffId } } sources { upstreamRequests } } }',
  )
  expect(detail.data).toEqual({
    messages: {
      nodes: [{ detail: { staffId: '9' } }],
      sources: [{ upstreamRequests: 0 }, { upstreamRequests: 0 }],
    },
  })
  expect(upstreams.wacr.log.slice(sent).map(({ path }) => path)).toEqual(['/api/v2/messages/2'])
})

test('details that the archive does not have are refused together where they need too many requests', async () => {
  const upstreams = await startUpstreams({ wacr: { rows: generateWacrRows({ count: 30, seed: 1 }) } })
  const server = await serve(upstreams, {
    archive: await emptyArchive(createSqlitePlace),
    section: { sync: { ...SELDOM.sync, detailPercent: 0 } },
    server: { limits: { maxUpstreamRequests: 10 } },
  })
  const list = '{ messages(first: 30) { totalCount nodes { id } } }'
  await expect
    .poll(async () => (await server.ask(list)).data, PATIENCE)
    .toMatchObject({ messages: { totalCount: 30 } })
  await expect
    .poll(async () => (await server.ask('{ sources { archive { coverage { from } } } }')).text, PATIENCE)
    .toMatch(/1970.*1970/)
  const requested = (): number =>
    upstreams.wacr.log.filter(({ path }) => /\/messages\/\d+$/.test(path)).length
  const { data: listed } = await server.ask(list)
  const { messages } = listed as { messages: { nodes: readonly { id: string }[] } }
  const ids = JSON.stringify(messages.nodes.map(({ id }) => id))
  for (const query of [
    '{ messages(first: 30) { nodes { detail { readAt } } } }',
    '{ a: messages(first: 3) { nodes { detail { readAt } } } b: messages(first: 30) { edges { node { detail { readAt } } } } }',
    `{ nodes(ids: ${ids}) { ... on Message { detail { readAt } } } }`,
  ]) {
    const { data, errors } = await server.ask(query)
    expect(data ?? null).toBeNull()
    expect(errors).toMatchObject([{ extensions: { limit: 'maxUpstreamRequests', allowed: 10 } }])
  }
  expect(requested()).toBeLessThanOrEqual(3)
  const before = requested()
  const few = await server.ask('{ messages(first: 10) { nodes { detail { readAt } } } }')
  expect(few.errors).toEqual([])
  expect(requested() - before).toBe(10)
})
