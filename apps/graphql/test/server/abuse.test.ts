import { encodeGlobalId } from '@waybill/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type GraphQLAnswer, type Harness, readGraphQL, startHarness } from './support/harness.js'
import { messages } from './support/message.js'

const provider = arrayProvider({ messages: messages(600) })
const MEBIBYTE = 1_048_576
let harness: Harness
const closers: (() => Promise<void>)[] = []

beforeAll(async () => {
  harness = await startHarness({ sources: [sourceOf('a', provider)] }, (close) => {
    closers.push(close)
  })
})

afterAll(() => Promise.all(closers.map((close) => close())))

function repeat(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(' ')
}

/** `count` aliases of a field. */
const aliases = (count: number, field: string): string => repeat(count, (index) => `a${index}: ${field}`)

/** Introspection with so many aliases on each of three levels. */
function introspection(count: number): string {
  const schema = `fragment S on __Schema { ${aliases(count, 'types { ...T }')} }`
  const type = `fragment T on __Type { ${aliases(count, 'fields { ...F }')} }`
  return `{ __schema { ...S } } ${schema} ${type} fragment F on __Field { ${aliases(count, 'type { name }')} }`
}

/** Many requests with small lists, which together are one large one. */
const THOUSAND_VARIABLES = `query (${repeat(1000, (index) => `$v${index}: Int`)}) { __typename }`

test.each([
  ['introspection with 16 aliases a level', introspection(16), 'maxFields'],
  ['introspection with 24 aliases a level', introspection(24), 'maxFields'],
  [
    'capabilities of each of 500 messages under 640 aliases',
    `{ messages(first: 500) { nodes { source { capabilities { filters { operators { ${aliases(640, 'operator')} } } } } } } }`,
    'maxAliases',
  ],
  [
    'capabilities of each of 500 messages under 200 aliases',
    `{ messages(first: 500) { nodes { source { capabilities { filters { operators { ${aliases(200, 'operator')} } } } } } } }`,
    'maxCost',
  ],
  ['1,000 aliases', `{ ${aliases(1000, '__typename')} }`, 'maxTokens'],
  ['300 aliases', `{ ${aliases(300, '__typename')} }`, 'maxAliases'],
  ['a depth of 50', `${'{ a '.repeat(50)}{ b }${' }'.repeat(50)}`, 'maxDepth'],
  ['a query of 250 kB', `{ ${'a '.repeat(125_000)} }`, 'maxTokens'],
  ['a thousand variables', THOUSAND_VARIABLES, 'maxTokens'],
  [
    'two hundred variables',
    `query (${repeat(200, (index) => `$v${index}: Int`)}) { __typename }`,
    'maxVariables',
  ],
  ['a name of 250 kB', `query ${'n'.repeat(250_000)} { __typename }`, 'maxOperationNameLength'],
  ['100 directives', `{ __typename ${'@include(if: true) '.repeat(100)} }`, 'maxDirectives'],
  ['aliases of 250 kB', `{ messages(first: 500) { nodes { ${'a'.repeat(250_000)}: id } } }`, 'maxCost'],
])('%s: refused, and the limit is named', async (_, query, limit) => {
  const before = process.memoryUsage.rss()
  const answer = await harness.ask(query)
  expect(answer.data ?? null).toBeNull()
  const [first] = answer.errors
  expect(first?.extensions).toMatchObject({ code: 'QUERY_TOO_EXPENSIVE', limit })
  expect(first?.message).toMatch(/^The query .*\d.*\. [A-Z].*\.$/)
  expect(answer.text.length).toBeLessThan(20_000)
  expect(process.memoryUsage.rss() - before).toBeLessThan(100 * MEBIBYTE)
})

test('lists multiply also where their lengths are variables', async () => {
  const query = `query ($n: Int = 500) {
    messages(first: $n) { nodes { source { capabilities { filters { operators { ${aliases(5, 'operator')} } } } } } }
  }`
  const costOf = async (variables: Record<string, number>): Promise<unknown> =>
    (await harness.ask(query, variables)).errors[0]?.extensions['asked']
  expect(await costOf({})).toBe(await costOf({ n: 500 }))
  expect((await harness.ask(query, { n: 5 })).errors).toEqual([])
})

test('a batch is refused in words, however long', async () => {
  const body = JSON.stringify(Array.from({ length: 10_000 }, () => ({ query: '{ __typename }' })))
  const headers = { 'content-type': 'application/json' }
  const answer = readGraphQL(await harness.get('/graphql', { method: 'POST', headers, body }))
  expect(answer.status).toBe(400)
  expect(answer.errors).toMatchObject([
    { message: 'Batching is not supported.', extensions: { code: 'BAD_USER_INPUT' } },
  ])
})

const DETAILS = 'nodes { detail { statusMessage } }'
const globalIds = repeat(100, (index) =>
  JSON.stringify(encodeGlobalId({ type: 'Message', source: 'a', upstreamId: String(index + 1) })),
)

test.each([
  ['nine lists of 500', `{ ${aliases(9, `messages(first: 500) { ${DETAILS} }`)} }`, {}, 4500],
  ['one list of 201', `{ messages(first: 201) { ${DETAILS} } }`, {}, 201],
  [
    'lists whose lengths are variables',
    `query ($n: Int = 500) { ${aliases(3, `messages(first: $n) { ${DETAILS} }`)} }`,
    { n: 100 },
    300,
  ],
  [
    'fragments and edges',
    '{ ...A ...B } fragment A on Query { messages(first: 150) { edges { node { ...D } } } } fragment B on Query { b: messages(first: 150) { nodes { ...D } } } fragment D on Message { detail { readAt } }',
    {},
    300,
  ],
  ['three lists of ids', `{ ${aliases(3, `nodes(ids: [${globalIds}]) { id }`)} }`, {}, 300],
])(
  'details of %s may need too many upstream requests: refused before anything is sent',
  async (_, query, variables, asked) => {
    const before = provider.requests.length + provider.lookups.length
    const answer: GraphQLAnswer = await harness.ask(query, variables)
    expect(provider.requests.length + provider.lookups.length - before).toBe(0)
    expect(answer.data ?? null).toBeNull()
    expect(answer.errors).toHaveLength(1)
    expect(answer.errors[0]).toMatchObject({
      message: `The query may need more than 200 upstream requests, one for each message whose \`detail\` is not stored: ${asked}. Ask for fewer messages (\`first\`), or for \`detail\` of fewer of them.`,
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: 'maxUpstreamRequests', asked, allowed: 200 },
    })
  },
)

test.each([
  ['skipped by a directive', '{ messages(first: 500) { nodes { id detail @skip(if: true) { readAt } } } }'],
  ['under a budget of their own', `{ messages(first: 500, maxUpstreamRequests: 7) { ${DETAILS} } }`],
  ['of another source', `{ messages(first: 500, filter: { source: { in: ["b"] } }) { ${DETAILS} } }`],
])('details that are %s are not counted', async (_, query) => {
  expect((await harness.ask(query)).data).toHaveProperty('messages.nodes')
})

test('an honest query is answered after all that, with what it cost', async () => {
  const answer = await harness.ask('{ messages(first: 2) { nodes { id } } }')
  expect(answer.errors).toEqual([])
  expect(JSON.parse(answer.text)).toMatchObject({
    extensions: { cost: { points: 4, limit: 100_000, remaining: null } },
  })
})
