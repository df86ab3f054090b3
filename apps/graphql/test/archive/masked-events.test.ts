import { createHash } from 'node:crypto'
import { openArchive } from '@waybill/archive'
import { plainWacrRow, type WacrRow } from '@waybill/emulators'
import { createEngine } from '@waybill/engine'
import type { Scope } from '@waybill/runtime'
import { parse, subscribe as subscribeDirectly } from 'graphql'
import { describe, expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { type CallerView, createCallerViews } from '../../src/access/caller-view.js'
import { createCursorSeal } from '../../src/access/cursor-seal.js'
import { schema } from '../../src/schema/schema.js'
import { arrayProvider, sourceOf } from '../server/support/array-provider.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, QUICK, serve, startUpstreams } from './support/archived-server.js'
import { subscribe, type Subscription } from './support/subscribe.js'
import { PATIENCE } from './support/wait.js'

const FIELDS = 'id upstreamId whatsappId status text from to contact { id } raw failure { code reason }'
const QUERY = `subscription ($filter: MessageFilter, $after: ID) {
  messageEvents(filter: $filter, after: $after) { id kind message { ${FIELDS} } }
}`

const READ: readonly Scope[] = ['messages:read']
const CONTENT: readonly Scope[] = ['messages:read', 'messages:content']

function tokenOf(name: string, scopes: readonly Scope[]): object {
  return { name, sha256: createHash('sha256').update(`s3cret-${name}`).digest('hex'), scopes }
}

type SubscribeAs = (name: string, variables?: Record<string, unknown>) => Promise<Subscription>

/** A server whose archive is filled from a shop, for a caller without content (`reader`) and one with it (`all`). */
async function start(
  rows: readonly WacrRow[],
): Promise<Harness & { archive: string; subscribeAs: SubscribeAs }> {
  const archive = await emptyArchive(createSqlitePlace)
  const upstreams = await startUpstreams({ wacr: { rows } })
  const server = { auth: { tokens: [tokenOf('reader', READ), tokenOf('all', CONTENT)] } }
  const harness = await serve(upstreams, { archive, section: { sync: QUICK }, server })
  const headersOf = (name: string): Record<string, string> => ({ authorization: `Bearer s3cret-${name}` })
  await expect
    .poll(async () => {
      const query = '{ messages(filter: { source: { eq: "shop" } }) { totalCount } }'
      return (await harness.ask(query, {}, headersOf('all'))).data
    }, PATIENCE)
    .toEqual({ messages: { totalCount: rows.length } })
  return {
    ...harness,
    archive,
    subscribeAs: (name, variables) =>
      subscribe(harness.url, { query: QUERY, variables, headers: headersOf(name) }),
  }
}

const ROW = plainWacrRow(1, {
  senderId: '493023125380',
  direction: 'inbound',
  message: 'Your code is 4711',
  messageId: 'wamid.HBgMNDkzMDIzMTI1MzgwFQIA',
})

test("a message is found by WhatsApp's id, but not without messages:content", async () => {
  const { ask } = await start([ROW])
  const find = (name: string): ReturnType<typeof ask> =>
    ask(
      'query ($id: ID!) { messagesByWhatsappId(whatsappId: $id) { upstreamId text } }',
      { id: ROW.messageId },
      { authorization: `Bearer s3cret-${name}` },
    )
  expect((await find('all')).data).toEqual({
    messagesByWhatsappId: [{ upstreamId: '1', text: 'Your code is 4711' }],
  })
  const { data, errors } = await find('reader')
  expect(data).toBeNull()
  expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' })
})

describe('a subscription without messages:content', () => {
  test('cannot filter by numbers', async () => {
    const { subscribeAs } = await start([])
    for (const field of ['from', 'to', 'phone', 'contact']) {
      const filter = { [field]: { startsWith: '+49' } }
      const { results, ended } = await subscribeAs('reader', { filter })
      await ended
      expect(results[0]?.errors).toMatchObject([
        {
          message: `A filter by \`${field}\` needs the scope messages:content. Ask the operator for it.`,
          extensions: { code: 'FORBIDDEN' },
        },
      ])
    }
  })

  test('gets no event of a caller with content to continue from', async () => {
    const { subscribeAs, archive } = await start([ROW])
    const events = await eventsOf(archive, viewOf(CONTENT))
    const id = (events[0] as { messageEvents: { id: string } }).messageEvents.id
    const { results, ended } = await subscribeAs('reader', { after: id })
    await ended
    expect(results[0]?.errors?.[0]?.extensions.code).toBe('INVALID_CURSOR')
  })
})

const SEAL = createCursorSeal(['a key for the ids of events'])

function viewOf(scopes: readonly Scope[]): CallerView {
  const sources = [sourceOf('shop', arrayProvider())]
  return createCallerViews({ engine: createEngine({ sources }), sources, seal: SEAL })({
    scopes: new Set(scopes),
    sources: null,
  })
}

/** All events that an archive has so far, as a caller with this view gets them. */
async function eventsOf(
  url: string,
  view: CallerView,
  expiresAt: number | null = null,
): Promise<readonly unknown[]> {
  const archive = await openArchive({ url })
  const closing = new AbortController()
  const contextValue = {
    ...view,
    archive,
    signal: new AbortController().signal,
    closing: closing.signal,
    meter: { count: () => true },
    expiresAt,
  }
  const events: unknown[] = []
  try {
    const stream = await subscribeDirectly({
      schema,
      document: parse(QUERY),
      variableValues: { after: view.positions.seal('[]') },
      contextValue,
    })
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors))
    for await (const { data, errors } of stream) {
      expect(errors).toBeUndefined()
      events.push(data)
      closing.abort()
    }
  } finally {
    await archive.close()
  }
  return events
}

test('without messages:content the events of two archives that differ in content alone are the same', async () => {
  const other = { senderId: '14155555380', message: 'Parcel on its way', messageId: 'wamid.other' }
  const archives = [await start([ROW]), await start([{ ...ROW, ...other }])].map(({ archive }) => archive)
  const eventsAs = (view: CallerView): Promise<readonly (readonly unknown[])[]> =>
    Promise.all(archives.map((archive) => eventsOf(archive, view)))

  const [first, second] = await eventsAs(viewOf(READ))
  expect(first).toEqual(second)
  const hidden = { text: null, from: '…5380', contact: { id: '…5380' }, whatsappId: null, raw: null }
  expect(first).toMatchObject([{ messageEvents: { kind: 'CREATED', message: hidden } }])

  const [all, allOther] = await eventsAs(viewOf(CONTENT))
  expect(all).toMatchObject([{ messageEvents: { message: { text: 'Your code is 4711' } } }])
  expect(all).not.toEqual(allOther)

  // A server that forgets to mask the message of an event is found.
  const [leaked, leakedOther] = await eventsAs({ ...viewOf(READ), show: (message) => message })
  expect(leaked).not.toEqual(leakedOther)
})

test('a subscription ends with its token, and says so', async () => {
  const archive = await emptyArchive(createSqlitePlace)
  await expect(eventsOf(archive, viewOf(READ), Date.now() + 50)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
    message: expect.stringMatching(/^The token has expired\./) as string,
  })
})
