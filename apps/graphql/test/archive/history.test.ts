import { createHash } from 'node:crypto'
import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { type Place, PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams, type Upstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

/** A message that has left the window is asked for a minute later, for the first time. */
const SETTLING = { timeout: 100_000, interval: 500 }

const QUERY = `query ($text: String!) {
  messages(search: $text) { nodes { id status statusHistory { status observedAt } deletedAt } }
}`

interface Found {
  readonly id: string
  readonly status: string
  readonly statusHistory: readonly { readonly status: string; readonly observedAt: string }[]
  readonly deletedAt: string | null
}

async function find(server: Harness, text: string): Promise<Found | undefined> {
  const { data } = await server.ask(QUERY, { text })
  return (data as { messages: { nodes: Found[] } } | null)?.messages.nodes[0]
}

async function historyOf(server: Harness, text: string): Promise<unknown> {
  return (await find(server, text))?.statusHistory.map(({ status }) => status)
}

function tokenOf(name: string, scopes: readonly string[]): object {
  return { name, sha256: createHash('sha256').update(`s3cret-${name}`).digest('hex'), scopes }
}

describe.each(PLACES)('$engine: what becomes of a message', ({ createPlace }) => {
  test('is shown with the times at which each status was first observed', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1, { message: 'the one' })] } })
    const { table } = upstreams.wacr
    const server = await serve(upstreams, { archive: await emptyArchive(createPlace) })
    await expect.poll(() => historyOf(server, 'the one'), PATIENCE).toEqual(['SENT'])
    table.update(1, { status: 'delivered', updatedAt: Date.now() })
    await expect.poll(() => historyOf(server, 'the one'), PATIENCE).toEqual(['SENT', 'DELIVERED'])
    table.update(1, { status: 'read', updatedAt: Date.now() })
    await expect.poll(() => historyOf(server, 'the one'), PATIENCE).toEqual(['SENT', 'DELIVERED', 'READ'])
    const found = await find(server, 'the one')
    expect(found).toMatchObject({ status: 'READ', deletedAt: null })
    const times = found?.statusHistory.map(({ observedAt }) => observedAt)
    expect(times).toEqual(times?.toSorted())
    expect(new Set(times).size).toBe(3)
    const node = await server.ask(
      'query ($id: ID!) { node(id: $id) { ... on Message { status statusHistory { status } } } }',
      { id: found?.id },
    )
    expect(node.data).toEqual({
      node: {
        status: 'READ',
        statusHistory: [{ status: 'SENT' }, { status: 'DELIVERED' }, { status: 'READ' }],
      },
    })
  })

  test('is shown with its texts before each edit, but not without messages:content', async () => {
    const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1, { message: 'the one' })] } })
    const { table } = upstreams.wacr
    const tokens = [
      tokenOf('all', ['messages:read', 'messages:content']),
      tokenOf('reader', ['messages:read']),
    ]
    const archive = await emptyArchive(createPlace)
    const server = await serve(upstreams, { archive, server: { auth: { tokens } } })
    const ask = async (name: string): Promise<unknown> => {
      const query = '{ messages { nodes { text textHistory { text replacedAt } } } }'
      const { data } = await server.ask(query, {}, { authorization: `Bearer s3cret-${name}` })
      return (data as { messages: { nodes: unknown[] } } | null)?.messages.nodes[0]
    }
    const replacedAt = expect.stringMatching(/^20\S+Z$/) as unknown
    await expect.poll(() => ask('all'), PATIENCE).toEqual({ text: 'the one', textHistory: [] })
    table.update(1, { message: '<b>the other</b>', updatedAt: Date.now() })
    const first = { text: 'the one', replacedAt }
    await expect.poll(() => ask('all'), PATIENCE).toEqual({ text: '<b>the other</b>', textHistory: [first] })
    table.update(1, { message: 'the last', status: 'read', updatedAt: Date.now() })
    const second = { text: '<b>the other</b>', replacedAt }
    await expect.poll(() => ask('all'), PATIENCE).toEqual({ text: 'the last', textHistory: [first, second] })
    expect(await ask('reader')).toEqual({ text: null, textHistory: [] })
  })

  test('is kept when it is deleted upstream, and marked', async () => {
    const rows = [plainWacrRow(1), plainWacrRow(2, { message: 'the one' })]
    const upstreams = await startUpstreams({ wacr: { rows } })
    const server = await serve(upstreams, { archive: await emptyArchive(createPlace) })
    await expect.poll(() => historyOf(server, 'the one'), PATIENCE).toEqual(['SENT'])
    upstreams.wacr.table.delete(2)
    const marked = expect.stringMatching(/^20\S+Z$/) as unknown
    await expect.poll(async () => (await find(server, 'the one'))?.deletedAt, PATIENCE).toEqual(marked)
    expect((await find(server, 'Message 1'))?.deletedAt).toBeNull()
  })
})

// Both at once, since each waits for a minute: a message outside of the window is not asked for more often.
test(
  'a message that changes after it left the window is followed to its end, with the times of its changes',
  { timeout: 150_000 },
  async () => {
    const gaps = await Promise.all(PLACES.map(async ({ createPlace }) => followToItsEnd(createPlace)))
    expect(gaps).toEqual(PLACES.map(() => []))
  },
)

/** @returns the gaps that the source has then. */
async function followToItsEnd(createPlace: () => Promise<Place>): Promise<unknown> {
  const sentAt = Math.floor(Date.now() / 1000) * 1000 - 600_000
  const rows = [plainOctopodsRow(1, { createdAt: sentAt, content: 'the one' })]
  // The second form of the status endpoint has times.
  const upstreams = await startUpstreams({ octopods: { rows, statusShape: 2 } })
  const { table } = upstreams.octopods
  const server = await serve(upstreams, { archive: await emptyArchive(createPlace) })
  await expect.poll(() => historyOf(server, 'the one'), PATIENCE).toEqual(['SENT'])
  // As many as the window holds, in pieces that leave no gap.
  for (let id = 2; id <= 101; id += 1) {
    table.insert(plainOctopodsRow(id, { createdAt: sentAt + id * 1000, status: 'READ' }))
    if (id % 25 === 1) await expect.poll(() => countOf(server), PATIENCE).toBe(id)
  }
  const times = { deliveredAt: sentAt + 200_000, readAt: sentAt + 300_000 }
  table.update(1, { status: 'READ', ...times, updatedAt: Date.now() })
  await expect.poll(() => historyOf(server, 'the one'), SETTLING).toEqual(['SENT', 'READ'])
  await expectTimes(server, upstreams, times)
  const { data } = await server.ask('{ sources { key archive { gaps { from } } } }')
  const { sources } = data as { sources: readonly { key: string; archive: { gaps: unknown } }[] }
  return sources.find(({ key }) => key === 'octo')?.archive.gaps
}

/** The archive has the times of the last request for the message, so that nobody who asks for them costs another one. */
async function expectTimes(
  server: Harness,
  { octopods }: Upstreams,
  times: { readonly deliveredAt: number; readonly readAt: number },
): Promise<void> {
  const requests = (): number => octopods.log.filter(({ path }) => path.endsWith('/messages/1')).length
  const before = requests()
  const deliveredAt = new Date(times.deliveredAt).toISOString()
  const readAt = new Date(times.readAt).toISOString()
  const { data } = await server.ask(
    '{ messages(search: "the one") { nodes { detail { deliveredAt readAt } } sources { upstreamRequests } } }',
  )
  expect(data).toMatchObject({
    messages: {
      nodes: [{ detail: { deliveredAt, readAt } }],
      sources: [{ upstreamRequests: 0 }, { upstreamRequests: 0 }],
    },
  })
  const file = await fetch(`${server.url}/messages.ndjson?search=the+one&fields=deliveredAt,readAt`)
  expect(await file.json()).toEqual({ deliveredAt, readAt })
  expect(requests()).toBe(before)
}

async function countOf(server: Harness): Promise<unknown> {
  const { data } = await server.ask('{ messages { totalCount } }')
  return (data as { messages: { totalCount: number } } | null)?.messages.totalCount
}
