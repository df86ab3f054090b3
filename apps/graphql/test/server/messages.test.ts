import { expect, test } from 'vitest'
import { type ArrayProvider, arrayProvider, sourceOf } from './support/array-provider.js'
import { type GraphQLAnswer, type Harness, startHarness } from './support/harness.js'
import { message, messages } from './support/message.js'

async function startOver(provider: ArrayProvider): Promise<Harness> {
  return startHarness({ sources: [sourceOf('a', provider, 'The first'), sourceOf('b', arrayProvider())] })
}

test('a page has its messages in order, as edges and as nodes', async () => {
  const { ask } = await startOver(arrayProvider({ messages: messages(3) }))
  const { data, errors } = await ask(
    '{ messages { edges { node { upstreamId } } nodes { upstreamId sentAt text to from raw source { key label read provider } } } }',
  )
  expect(errors).toEqual([])
  expect(data).toMatchObject({
    messages: {
      edges: [{ node: { upstreamId: '1' } }, { node: { upstreamId: '2' } }, { node: { upstreamId: '3' } }],
      nodes: [
        {
          upstreamId: '1',
          sentAt: '2026-04-24T11:59:00.000Z',
          text: 'text 1',
          to: '+14155552671',
          from: null,
          raw: { id: 1 },
          source: { key: 'a', label: 'The first', read: 'LIVE', provider: 'array-provider' },
        },
        { upstreamId: '2' },
        { upstreamId: '3' },
      ],
    },
  })
})

test('following endCursor yields every message once, though the page size changes', async () => {
  const { ask } = await startOver(arrayProvider({ messages: messages(230) }))
  const seen: string[] = []
  let after: string | null = null
  for (const first of [1, 7, 100, 60, 500]) {
    const { data, errors } = await ask(
      'query ($first: Int, $after: String) { messages(first: $first, after: $after) { nodes { upstreamId } pageInfo { hasNextPage endCursor } } }',
      { first, after },
    )
    expect(errors).toEqual([])
    const page = pageOf(data)
    seen.push(...page.nodes.map((node) => node.upstreamId))
    after = page.pageInfo.endCursor
    expect(page.pageInfo.hasNextPage).toBe(seen.length < 230)
  }
  expect(seen).toEqual(messages(230).map(({ upstreamId }) => upstreamId))
})

test('null arguments are as absent ones', async () => {
  const { ask } = await startOver(arrayProvider({ messages: messages(30) }))
  const { data, errors } = await ask(
    '{ messages(filter: null, sort: null, search: null, first: null, after: null, maxUpstreamRequests: null) { nodes { id } } }',
  )
  expect(errors).toEqual([])
  expect(pageOf(data).nodes).toHaveLength(25)
})

test('filters of all kinds arrive, phone numbers in either form', async () => {
  const list = [
    message(1, { from: '+14155550001', direction: 'INBOUND' }),
    message(2, { from: '+14155550002', direction: 'INBOUND', status: null }),
    message(3, { from: 'lead_7', direction: 'INBOUND', status: 'READ', interactionId: '12' }),
  ]
  const { ask } = await startOver(arrayProvider({ messages: list }))
  const idsWhere = async (filter: Record<string, unknown>): Promise<string[]> => {
    const answer = await ask('query ($f: MessageFilter) { messages(filter: $f) { nodes { upstreamId } } }', {
      f: filter,
    })
    return pageOf(answer.data).nodes.map((node) => node.upstreamId)
  }
  expect(await idsWhere({ from: { in: ['14155550001', '+14155550002'] } })).toEqual(['1', '2'])
  expect(await idsWhere({ phone: { ne: '14155552671' } })).toEqual([])
  expect(await idsWhere({ status: { ne: 'SENT' } })).toEqual(['3'])
  expect(await idsWhere({ status: { notIn: [] } })).toEqual(['1', '3'])
  expect(await idsWhere({ interactionId: { eq: 12 } })).toEqual(['3'])
  expect(await idsWhere({ source: { ne: 'a' } })).toEqual([])
  expect(await idsWhere({ sentAt: { gte: '2026-04-24T13:58:00+02:00', lt: '2026-04-24T11:59Z' } })).toEqual([
    '2',
  ])
})

test('a cursor of another filter is refused, and the message names what changed', async () => {
  const { ask } = await startOver(arrayProvider({ messages: messages(3) }))
  const first = await ask('{ messages(first: 1) { pageInfo { endCursor } } }')
  const { endCursor } = pageOf(first.data).pageInfo
  const { errors } = await ask(
    'query ($c: String) { messages(after: $c, search: "text") { nodes { id } } }',
    { c: endCursor },
  )
  expect(errors[0]?.extensions.code).toBe('INVALID_CURSOR')
  expect(errors[0]?.message).toContain('search')
})

test('a spent budget ends the page early, with a cursor to go on from', async () => {
  const { ask } = await startOver(arrayProvider({ messages: messages(250) }))
  const { data } = await ask(
    '{ messages(first: 500, maxUpstreamRequests: 2) { nodes { id } pageInfo { hasNextPage endCursor } sources { completeness upstreamRequests } } }',
  )
  const page = pageOf(data)
  expect(page.nodes.length).toBeLessThan(250)
  expect(page.pageInfo).toMatchObject({ hasNextPage: true, endCursor: expect.any(String) as string })
  expect(page.sources.reduce((sum, { upstreamRequests }) => sum + upstreamRequests, 0)).toBe(2)
})

function pageOf(data: GraphQLAnswer['data']): Page {
  expect(data).toHaveProperty('messages')
  return (data ?? {})['messages'] as Page
}

interface Page {
  readonly nodes: readonly { readonly upstreamId: string }[]
  readonly sources: readonly { readonly upstreamRequests: number }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}
