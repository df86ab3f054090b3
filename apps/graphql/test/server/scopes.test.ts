import { createHash } from 'node:crypto'
import type { Scope, TokenAccess } from '@waybill/runtime'
import { describe, expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type GraphQLAnswer, type Harness, startHarness } from './support/harness.js'
import { message } from './support/message.js'

const READ: readonly Scope[] = ['messages:read']
const ALL: readonly Scope[] = ['messages:read', 'messages:content', 'metrics:read']

function token(name: string, scopes: readonly Scope[], more: Partial<TokenAccess> = {}): TokenAccess {
  const sha256 = createHash('sha256').update(`s3cret-${name}`).digest('hex')
  return { name, sha256, scopes, sources: null, expiresAt: null, ...more }
}

const shop = arrayProvider({
  messages: [1, 2, 3].map((number) =>
    message(number, {
      whatsappId: 'wamid.HBgMNDkzMDIzMTI1MzgwFQIA',
      to: number === 3 ? '123' : '+493023125380',
      contact: { id: '+493023125380', basis: 'TOLD' },
      status: 'FAILED',
      failure: { code: '470', reason: 'No WhatsApp under +493023125380' },
    }),
  ),
})
const octo = arrayProvider({ messages: [message(7)] })

const COUNTS = `query ($filter: MessageFilter, $search: String) {
  messageCounts(filter: $filter, search: $search, by: [SOURCE]) { total groups { count source { key } } sources { source { key } } }
}`

type Ask = (name: string, query: string, variables?: Record<string, unknown>) => Promise<GraphQLAnswer>

async function start(): Promise<Harness & { askAs: Ask }> {
  const harness = await startHarness({
    sources: [sourceOf('shop', shop), sourceOf('octo', octo)],
    auth: {
      kind: 'bearer',
      bearerTokens: [],
      tokens: [
        token('all', ALL),
        token('reader', READ),
        token('shop', ALL, { sources: ['shop'] }),
        token('octo', ALL, { sources: ['octo'] }),
        token('metrics', ['metrics:read']),
        token('former', ALL, { expiresAt: 0 }),
      ],
      jwt: null,
    },
  })
  const askAs: Ask = (name, query, variables) =>
    harness.ask(query, variables, { authorization: `Bearer s3cret-${name}` })
  return { ...harness, askAs }
}

const LIST = `query ($filter: MessageFilter, $search: String, $after: String, $first: Int = 2) {
  messages(filter: $filter, search: $search, after: $after, first: $first) {
    nodes { id text from to contact { id } whatsappId raw failure { code reason } detail { statusMessage } source { key } }
    sources { source { key } }
    pageInfo { endCursor }
  }
}`

interface List {
  readonly nodes: readonly Readonly<Record<string, unknown>>[]
  readonly sources: readonly { readonly source: { readonly key: string } }[]
  readonly pageInfo: { readonly endCursor: string }
}

function listOf({ data }: GraphQLAnswer): List {
  return (data as { messages: List }).messages
}

function errorOf({ errors }: GraphQLAnswer): unknown {
  return errors.map(({ message: text, extensions }) => [extensions['code'], text])
}

describe('without messages:content', () => {
  test('content is hidden, and a number keeps its last four characters', async () => {
    const { askAs } = await start()
    const { nodes } = listOf(await askAs('reader', LIST, { filter: { source: { eq: 'shop' } }, first: 3 }))
    const hidden = { text: null, from: null, whatsappId: null, raw: null, detail: null }
    expect(nodes[0]).toMatchObject({
      ...hidden,
      to: '…5380',
      contact: { id: '…5380' },
      failure: { code: '470', reason: null },
    })
    expect(nodes[2]).toMatchObject({ ...hidden, to: '…' })
  })

  test('is not read upstream either', async () => {
    const { askAs } = await start()
    const before = shop.lookups.length
    await askAs('reader', LIST, { filter: { source: { eq: 'shop' } } })
    expect([...(shop.requests.at(-1)?.fields ?? ['raw'])]).not.toContain('raw')
    expect([...(shop.requests.at(-1)?.fields ?? ['text'])]).not.toContain('text')
    expect(shop.lookups.length).toBe(before)
  })

  test.each<[Record<string, unknown>, string]>([
    [{ search: 'code' }, '`search` needs the scope messages:content. Ask the operator for it.'],
    ...['from', 'to', 'phone', 'contact'].map((field): [Record<string, unknown>, string] => [
      { filter: { [field]: { startsWith: '+49' } } },
      `A filter by \`${field}\` needs the scope messages:content. Ask the operator for it.`,
    ]),
  ])('%j is forbidden', async (variables, text) => {
    const { askAs } = await start()
    expect(errorOf(await askAs('reader', LIST, variables))).toEqual([['FORBIDDEN', text]])
    expect(errorOf(await askAs('reader', COUNTS, variables))).toEqual([['FORBIDDEN', text]])
    expect((await askAs('all', LIST, variables)).errors).toEqual([])
  })
})

const RECONCILE = `query ($entries: [LogEntryInput!]!) {
  reconcile(entries: $entries) { findings { entry verdict upstreamId source { key } } sources { source { key } } }
}`

describe('counts', () => {
  test('are of the sources that the caller may read', async () => {
    const { askAs } = await start()
    expect((await askAs('reader', COUNTS)).data).toMatchObject({ messageCounts: { total: 4 } })
    expect((await askAs('octo', COUNTS)).data).toEqual({
      messageCounts: {
        total: 1,
        groups: [{ count: 1, source: { key: 'octo' } }],
        sources: [{ source: { key: 'octo' } }],
      },
    })
  })
})

describe('reconciliation', () => {
  test.each([
    ['to', { at: '2026-04-24T11:59:00Z', to: '+493023125380', text: 'text 1' }],
    ['text', { id: '1', text: 'text 1' }],
    ['reference', { id: '1', reference: '4711' }],
    ['whatsappId', { whatsappId: 'wamid.HBgMNDkzMDIzMTI1MzgwFQIA' }],
  ])('by %s needs messages:content', async (field, entry) => {
    const { askAs } = await start()
    expect(errorOf(await askAs('reader', RECONCILE, { entries: [entry] }))).toEqual([
      [
        'FORBIDDEN',
        expect.stringMatching(
          new RegExp(`^To reconcile by .*\`${field}\`.* needs the scope messages:content`),
        ),
      ],
    ])
    expect((await askAs('all', RECONCILE, { entries: [entry] })).errors).toEqual([])
  })

  test('of an uploaded log by content needs messages:content too, and is logged as refused', async () => {
    const { get, log } = await start()
    const post = (name: string, body: string): ReturnType<typeof get> =>
      get('/reconcile', { method: 'POST', body, headers: { authorization: `Bearer s3cret-${name}` } })
    const { status, text } = await post('reader', 'id,to,text\n1,+493023125380,text 1\n')
    expect(status).toBe(403)
    expect(text).toContain('To reconcile by `to`, `text` needs the scope messages:content.')
    expect(log.at(-1)).toMatchObject({ route: '/reconcile', status: 403, code: 'FORBIDDEN' })
    expect((await post('reader', 'id\n1\n')).status).toBe(200)
    expect((await post('all', 'id,to,text\n1,+493023125380,text 1\n')).status).toBe(200)
  })

  test('by id does not, and sees the sources of the caller alone', async () => {
    const { askAs } = await start()
    expect((await askAs('reader', RECONCILE, { entries: [{ id: '1' }] })).errors).toEqual([])
    const { data } = await askAs('shop', RECONCILE, { entries: [{ id: '7' }] })
    expect(data).toMatchObject({ reconcile: { sources: [{ source: { key: 'shop' } }] } })
    expect(JSON.stringify(data)).not.toContain('octo')
  })
})

describe('a caller with one source', () => {
  test('sees that one alone, wherever it looks', async () => {
    const { askAs } = await start()
    expect((await askAs('shop', '{ sources { key } }')).data).toEqual({ sources: [{ key: 'shop' }] })
    const { nodes, sources } = listOf(await askAs('shop', LIST, { first: 9 }))
    expect(nodes.map(({ source }) => source)).toEqual([1, 2, 3].map(() => ({ key: 'shop' })))
    expect(sources).toEqual([{ source: { key: 'shop' } }])
  })

  test('gets for the id of another one what it gets for an invented id', async () => {
    const { askAs } = await start()
    const own = listOf(await askAs('octo', LIST)).nodes[0]?.['id'] as string
    const invented = Buffer.from(JSON.stringify(['Message', 'nowhere', '7'])).toString('base64url')
    const source = Buffer.from(JSON.stringify(['Source', 'octo'])).toString('base64url')
    const query = 'query ($id: ID!) { message(id: $id) { id } node(id: $id) { id } nodes(ids: [$id]) { id } }'
    const nothing = { message: null, node: null, nodes: [null] }
    expect((await askAs('octo', query, { id: own })).data).not.toEqual(nothing)
    expect((await askAs('shop', query, { id: own })).data).toEqual(nothing)
    expect((await askAs('shop', query, { id: invented })).data).toEqual(nothing)
    expect((await askAs('shop', 'query ($id: ID!) { node(id: $id) { id } }', { id: source })).data).toEqual({
      node: null,
    })
  })

  test('gets for a filter by another one what it gets for an invented one', async () => {
    const { askAs } = await start()
    const [hidden, invented] = await Promise.all(
      ['octo', 'nowhere'].map(async (eq) =>
        listOf(await askAs('shop', LIST, { filter: { source: { eq } } })),
      ),
    )
    expect(hidden).toEqual(invented)
  })

  test.each([
    ['octo', 'all'],
    ['all', 'octo'],
    ['reader', 'all'],
    ['all', 'reader'],
  ])('a cursor of %s is of no use to %s, and no request is sent for it', async (holder, other) => {
    const { askAs } = await start()
    const filter = { filter: { source: { eq: 'octo' } }, first: 1 }
    const { endCursor } = listOf(await askAs(holder, LIST, filter)).pageInfo
    const before = octo.requests.length
    expect(errorOf(await askAs(other, LIST, { ...filter, after: endCursor }))).toEqual([
      [
        'INVALID_CURSOR',
        expect.stringMatching(
          /^The cursor cannot be read: it is damaged or cut off, or it was made by another server/,
        ),
      ],
    ])
    expect(octo.requests.length).toBe(before)
  })
})

test('queries need messages:read, figures need metrics:read', async () => {
  const { askAs, get } = await start()
  expect(errorOf(await askAs('metrics', '{ sources { key } }'))).toEqual([
    ['FORBIDDEN', 'This needs the scope messages:read. Ask the operator for it.'],
  ])
  const metrics = (name: string): Promise<{ status: number }> =>
    get('/metrics', { headers: { authorization: `Bearer s3cret-${name}` } })
  expect((await metrics('metrics')).status).toBe(200)
  expect((await metrics('reader')).status).toBe(403)
  expect((await metrics('former')).status).toBe(401)
})

test('a token that has expired is refused as such', async () => {
  const { askAs } = await start()
  expect(errorOf(await askAs('former', '{ sources { key } }'))).toEqual([
    ['UNAUTHENTICATED', 'The token has expired. Get a new one.'],
  ])
})

test('figures are of the sources that the caller may read', async () => {
  const { askAs, get } = await start()
  await askAs('all', LIST)
  const figures = async (name: string): Promise<string> =>
    (await get('/metrics', { headers: { authorization: `Bearer s3cret-${name}` } })).text
  expect(await figures('all')).toContain('source="octo"')
  const own = await figures('shop')
  expect(own).toContain('source="shop"')
  expect(own).not.toContain('octo')
  expect(own).toContain('waybill_graphql_operations_total{outcome="OK"} 1')
})
