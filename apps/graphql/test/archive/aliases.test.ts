import { createHook } from 'node:async_hooks'
import { type Archive, createSync, openArchive } from '@waybill/archive'
import { expect, onTestFinished, test } from 'vitest'
import { encodeGlobalId } from '@waybill/runtime'
import { arrayProvider } from '../server/support/array-provider.js'
import { type Harness, startHarness } from '../server/support/harness.js'
import { messages } from '../server/support/message.js'

const ROWS = 50
const ALIASES = 200

interface ArchivedServer extends Harness {
  /** How many messages each look-up in the archive was for. */
  readonly lookups: number[]
}

/** Serves an archive of one source. */
async function serveArchive(): Promise<ArchivedServer> {
  const archive = await openArchive({ url: 'sqlite::memory:' })
  onTestFinished(() => archive.close())
  await fill(archive)
  const lookups: number[] = []
  const provider = arrayProvider()
  const read = { id: 'a', provider, maxStalenessMs: Number.POSITIVE_INFINITY }
  const harness = await startHarness({
    archive: {
      ...archive,
      records: (source, ids) => {
        lookups.push(ids.length)
        return archive.records(source, ids)
      },
    },
    sources: [{ id: 'a', label: 'a', read: 'archive', upstream: provider, provider: archive.source(read) }],
  })
  return { ...harness, lookups }
}

async function fill(archive: Archive): Promise<void> {
  const poll = { minPollMs: 60_000, maxPollMs: 60_000, maxStalenessMs: 60_000 }
  const sync = createSync({
    archive,
    sources: [{ id: 'a', provider: arrayProvider({ messages: messages(ROWS) }), poll }],
  })
  await sync.once()
  await sync.close()
}

/** How often a field is selected makes no promise more, of which each costs as much as what it is for. */
async function promisesOf(work: () => Promise<unknown>): Promise<number> {
  let count = 0
  const hook = createHook({ init: (_, type) => void (count += type === 'PROMISE' ? 1 : 0) }).enable()
  await work()
  hook.disable()
  return count
}

const aliased = (field: string, count: number): string =>
  Array.from({ length: count }, (_, index) => `a${index}: ${field}`).join(' ')

const ID = encodeGlobalId({ type: 'Message', source: 'a', upstreamId: '7' })
const PLACES = [
  ['nodes', (field: string) => `{ messages(first: ${ROWS}) { nodes { ${field} } } }`, ROWS],
  [
    'edges',
    (field: string) =>
      `{ messages(first: ${ROWS}) { edges { node { ...M } } } } fragment M on Message { ${field} }`,
    ROWS,
  ],
  ['a message', (field: string) => `{ message(id: "${ID}") { ${field} } }`, 1],
  ['a node', (field: string) => `{ node(id: "${ID}") { ... on Message { ${field} } } }`, 1],
  ['several nodes', (field: string) => `{ nodes(ids: ["${ID}"]) { ... on Message { ${field} } } }`, 1],
] as const

test.each(PLACES)(
  '%s: many aliases cost one look-up, and no waiting of their own',
  async (_, query, rows) => {
    const { ask, lookups } = await serveArchive()
    const cost = async (field: string, count: number): Promise<number> =>
      promisesOf(async () => expect((await ask(query(aliased(field, count)))).errors).toEqual([]))
    for (const field of ['statusHistory { status observedAt }', 'deletedAt']) {
      await cost(field, 1)
      lookups.length = 0
      const one = await cost(field, 1)
      const many = await cost(field, ALIASES)
      expect(lookups).toEqual([rows, rows])
      expect(many - one).toBeLessThan((rows * ALIASES) / 4)
    }
  },
)

test('what an alias answers is what the field does', async () => {
  const { ask } = await serveArchive()
  const { data } = await ask(
    `query ($id: ID!) { message(id: $id) { ${aliased('statusHistory { status }', 2)} deletedAt } }`,
    { id: ID },
  )
  expect(data).toEqual({
    message: { a0: [{ status: 'SENT' }], a1: [{ status: 'SENT' }], deletedAt: null },
  })
})

test('a look-up is made only where something of it is selected', async () => {
  const { ask, lookups } = await serveArchive()
  await ask('query ($no: Boolean = false) { messages { nodes { id deletedAt @include(if: $no) } } }')
  expect(lookups).toEqual([])
})
