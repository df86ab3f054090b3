import { expect, test } from 'vitest'
import { encodeGlobalId } from '@waybill/runtime'
import { type ArrayProvider, arrayProvider, sourceOf } from './support/array-provider.js'
import { type Harness, startHarness } from './support/harness.js'
import { messages } from './support/message.js'

const messageId = (upstreamId: string, source = 'a'): string =>
  encodeGlobalId({ type: 'Message', source, upstreamId })
const sourceId = (source: string): string => encodeGlobalId({ type: 'Source', source })

async function start(provider: ArrayProvider = arrayProvider({ messages: messages(3) })): Promise<Harness> {
  return startHarness({ sources: [sourceOf('a', provider)] })
}

test('the id of an answer leads back to its message and its source', async () => {
  const { ask } = await start()
  const listed = await ask('{ messages(first: 1) { nodes { id source { id } } } }')
  expect(listed.data).toEqual({
    messages: { nodes: [{ id: messageId('1'), source: { id: sourceId('a') } }] },
  })
  const { data } = await ask(
    'query ($m: ID!, $s: ID!) { message(id: $m) { text } m: node(id: $m) { __typename id ... on Message { text } } s: node(id: $s) { __typename id ... on Source { key } } }',
    { m: messageId('1'), s: sourceId('a') },
  )
  expect(data).toEqual({
    message: { text: 'text 1' },
    m: { __typename: 'Message', id: messageId('1'), text: 'text 1' },
    s: { __typename: 'Source', id: sourceId('a'), key: 'a' },
  })
})

test('what does not exist is null', async () => {
  const { ask } = await start()
  const { data, errors } = await ask(
    'query ($a: ID!, $b: ID!, $c: ID!) { a: message(id: $a) { id } b: node(id: $b) { id } c: node(id: $c) { id } }',
    { a: messageId('99'), b: messageId('1', 'elsewhere'), c: sourceId('elsewhere') },
  )
  expect({ data, errors }).toEqual({ data: { a: null, b: null, c: null }, errors: [] })
})

test('what is no id is refused, and so is the id of a source where a message is meant', async () => {
  const { ask } = await start()
  const { data, errors } = await ask(
    'query ($s: ID!) { a: message(id: "x") { id } b: node(id: "") { id } c: message(id: $s) { id } }',
    {
      s: sourceId('a'),
    },
  )
  expect(data).toEqual({ a: null, b: null, c: null })
  expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['a'], 'BAD_USER_INPUT'],
    [['b'], 'BAD_USER_INPUT'],
    [['c'], 'BAD_USER_INPUT'],
  ])
})

test('nodes keep their order; what is no id is null with an error of its own', async () => {
  const { ask } = await start()
  const ids = [messageId('3'), 'x', sourceId('a'), messageId('99'), messageId('3')]
  const { data, errors } = await ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids })
  expect(data).toEqual({ nodes: [{ id: ids[0] }, null, { id: ids[2] }, null, { id: ids[0] }] })
  expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'BAD_USER_INPUT' } }])
})

test('a hundred nodes may be asked for, one more not', async () => {
  const { ask } = await start()
  const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }'
  expect((await ask(query, { ids: Array<string>(100).fill(sourceId('a')) })).errors).toEqual([])
  const { data, errors } = await ask(query, { ids: Array<string>(101).fill(sourceId('a')) })
  expect(data).toBeNull()
  expect(errors).toMatchObject([
    { message: '`ids` must be at most 100 ids, not 101.', extensions: { code: 'BAD_USER_INPUT' } },
  ])
})

test('one message is asked for once, however often it is looked up in a query', async () => {
  const provider = arrayProvider({ messages: messages(3) })
  const { ask } = await start(provider)
  await ask('query ($m: ID!) { message(id: $m) { id } node(id: $m) { id } nodes(ids: [$m, $m]) { id } }', {
    m: messageId('2'),
  })
  expect(provider.lookups).toEqual(['2'])
})

test('the sources list their capabilities', async () => {
  const { ask } = await start()
  const { data } = await ask(
    '{ sources { key read archive { messageCount } capabilities { pagingKind pageLimit search totals sparseFields maxSkewSeconds sorts { field direction } filters { field domain values listed operators { operator exactness } } } } }',
  )
  expect(data).toMatchObject({
    sources: [
      {
        key: 'a',
        read: 'LIVE',
        archive: null,
        capabilities: {
          pagingKind: 'CURSOR',
          pageLimit: 100,
          search: 'NONE',
          totals: 'ALWAYS',
          sparseFields: true,
          maxSkewSeconds: 0,
          sorts: [{ field: 'CREATED_AT', direction: 'DESC' }],
        },
      },
    ],
  })
  const time = { field: 'sentAt', domain: 'TIME', values: null, listed: true, operators: [] }
  expect(data).toHaveProperty('sources.0.capabilities.filters', expect.arrayContaining([time]))
})

test.each([
  [
    'node and its detail',
    'query ($m: ID!) { node(id: $m) { ... on Message { text detail { statusMessage } } } }',
  ],
  ['message and its detail', 'query ($m: ID!) { message(id: $m) { text detail { statusMessage } } }'],
  [
    'nodes with aliases',
    'query ($m: ID!) { a: nodes(ids: [$m]) { ...M } b: nodes(ids: [$m, $m]) { ...M } } fragment M on Message { detail { staffId } again: detail { readAt } }',
  ],
  [
    'a list and a lookup',
    'query ($m: ID!) { messages { nodes { detail { readAt } } } node(id: $m) { ... on Message { text detail { readAt } } } }',
  ],
])('one request upstream serves a message in the whole operation: %s', async (_, query) => {
  const provider = arrayProvider({ messages: messages(3) })
  const other = arrayProvider({ messages: messages(3) })
  const { ask } = await startHarness({ sources: [sourceOf('a', provider), sourceOf('b', other)] })
  const { errors } = await ask(query, { m: messageId('2') })
  expect(errors).toEqual([])
  expect(provider.lookups.filter((id) => id === '2')).toEqual(['2'])
  expect(other.lookups.filter((id) => id === '2').length).toBeLessThanOrEqual(1)
})

test('two operations ask for a message twice: each sees it as it is then', async () => {
  const provider = arrayProvider({ messages: messages(3) })
  const { ask } = await start(provider)
  const query = 'query ($m: ID!) { message(id: $m) { detail { statusMessage } } }'
  await ask(query, { m: messageId('2') })
  await ask(query, { m: messageId('2') })
  expect(provider.lookups).toEqual(['2', '2'])
})

test('an id of an upstream leads to the message of each source that has it', async () => {
  const { ask } = await startHarness({
    sources: [
      sourceOf('a', arrayProvider({ messages: messages(3) })),
      sourceOf('b', arrayProvider({ messages: messages(1) })),
    ],
  })
  const query =
    'query ($id: ID!) { messagesByUpstreamId(upstreamId: $id) { text source { key } statusHistory { status } } }'
  const found = (key: string, text: string): object => ({ text, source: { key }, statusHistory: [] })
  expect((await ask(query, { id: '1' })).data).toEqual({
    messagesByUpstreamId: [found('a', 'text 1'), found('b', 'text 1')],
  })
  expect((await ask(query, { id: '3' })).data).toEqual({ messagesByUpstreamId: [found('a', 'text 3'), null] })
  expect((await ask(query, { id: '__proto__' })).data).toEqual({ messagesByUpstreamId: [null, null] })
})
