import { createHash } from 'node:crypto'
import type { Message } from '@waybill/core'
import fc from 'fast-check'
import { getNamedType, type GraphQLNamedOutputType, isInterfaceType, isLeafType, isObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { schema } from '../../src/schema/schema.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type Answer, type Harness, startHarness } from './support/harness.js'
import { message } from './support/message.js'
import { type AskQuickly, quickly, type QuickSources, startSources } from './support/quick-server.js'
import { recordedOperations, type RecordedOperation } from './support/recorded-operations.js'

const QUERIES = Number(process.env['WAYBILL_QUERIES'] ?? 150)
const TOKEN = 'a-token-of-somebody-who-sees-no-content'
const closing: (() => Promise<void>)[] = []
let sources: QuickSources
let open: Harness
let masked: Harness
let ask: AskQuickly

beforeAll(async () => {
  sources = await startSources(60)
  const common = { sources: sources.sources, archive: sources.archive }
  const whenDone = (close: () => Promise<void>): unknown => closing.push(close)
  open = await startHarness(common, (close) => void whenDone(close))
  const sha256 = createHash('sha256').update(TOKEN).digest('hex')
  masked = await startHarness(
    {
      ...common,
      auth: {
        kind: 'bearer',
        bearerTokens: [],
        tokens: [{ name: 'auditor', sha256, scopes: ['messages:read'], sources: null, expiresAt: null }],
        jwt: null,
      },
    },
    (close) => void whenDone(close),
  )
  ask = quickly(sources)
})

afterAll(async () => {
  for (const close of closing) await close()
  await sources[Symbol.asyncDispose]()
})

async function send(server: Harness, body: object): Promise<Answer> {
  return server.get('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      authorization: `Bearer ${TOKEN}`,
    },
    body: JSON.stringify(body),
  })
}

/** All that a client can tell apart: what differs between any two answers is left out. */
function seen({ status, headers, text }: Answer): unknown {
  const shown = [...headers].filter(([name]) => name !== 'x-request-id' && name !== 'date')
  // A cursor holds when its traversal began, in more or fewer digits; a defect has an id of its own.
  const same = text
    .replaceAll(/"(\w*[cC]ursor\w*)":"[^"]+"/g, '"$1":"…"')
    .replaceAll(/"id":"[\da-f]{8}-[\da-f-]{27}"/g, '"id":"…"')
  const isSized = !/ursor\w*":"/.test(text)
  return { status, headers: shown.filter(([name]) => isSized || name !== 'content-length'), text: same }
}

/** Asks for the same in both ways. `extensions`, which nobody reads here, is what quick answers do not take. */
async function expectSame(server: Harness, operation: RecordedOperation): Promise<void> {
  const whole = await send(server, { ...operation, extensions: {} })
  expect(seen(await send(server, operation))).toEqual(seen(whole))
}

const FIELDS = '{ nodes { id upstreamId direction type status text from interactionId sentAt } }'

describe('an answer without Yoga', () => {
  it.each([
    ['a list', `{ messages(first: 50) ${FIELDS} }`],
    [
      'edges and the place in the list',
      '{ messages { edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    ],
    [
      'two lists under other names',
      `{ a: messages(first: 2) ${FIELDS} b: messages(first: 3, filter: { status: { eq: READ } }) ${FIELDS} }`,
    ],
    [
      'fragments',
      'query { messages { nodes { ...M ... on Node { id } ... { __typename } } } } fragment M on Message { text node: upstreamId }',
    ],
    [
      'reports',
      '{ messages { totalCount sources { source { key label provider read } outcome completeness warnings { code } gaps { from } pushedDown upstreamRequests error { code } } } }',
    ],
    [
      'what only the archive has',
      '{ messages(filter: { source: { eq: "shop" } }) { nodes { statusHistory { status observedAt } textHistory { text replacedAt } deletedAt contact { id basis } failure { code reason } raw } } }',
    ],
  ])('is given for %s', async (_, query) => {
    const { text } = await ask({ query })
    expect(JSON.parse(text ?? 'null')).toMatchObject({ data: expect.anything() })
    await expectSame(open, { query })
    await expectSame(masked, { query })
  })

  it.each([
    ['an error of the engine', '{ messages(after: "made up") { nodes { id } } }'],
    ['an argument out of its range', '{ messages(first: 501) { nodes { id } } }'],
  ])('is left to Yoga for %s, and goes on there', async (_, query) => {
    const { text, ...left } = await ask({ query })
    expect(text).toBeNull()
    expect(left).toMatchObject({ begun: expect.anything() })
    await expectSame(open, { query })
    await expectSame(masked, { query })
  })

  it('is left to Yoga for a field that waits for an upstream, from the beginning', async () => {
    const query = '{ messages(first: 3) { nodes { detail { statusMessage } } } }'
    expect(await ask({ query })).toEqual({ text: null, begun: null })
    await expectSame(open, { query })
    await expectSame(masked, { query })
  })

  it('is left to Yoga for a value that the schema does not have, from then on at once', async () => {
    const odd = { ...message(3), status: 'BOGUS' as Message['status'] }
    const given = { sources: [sourceOf('octo', arrayProvider({ messages: [message(1), odd] }))] }
    const query = '{ messages { nodes { status } } }'
    const asking = quickly({ ...given, archive: null })
    expect(await asking({ query })).toMatchObject({ text: null, begun: expect.anything() })
    expect(await asking({ query })).toEqual({ text: null, begun: null })
    await expectSame(await startHarness(given), { query })
  })

  it('is left to Yoga where the answer may be larger than is allowed', async () => {
    const limits = { maxAnswerBytes: 3000 }
    const server = await startHarness({ sources: sources.sources, archive: sources.archive, limits })
    for (const first of [1, 5, 12, 20, 60]) {
      const query = `{ messages(first: ${first}, filter: { source: { eq: "shop" } }) ${FIELDS} }`
      await expectSame(server, { query })
    }
    expect((await quickly(sources, limits)({ query: `{ messages ${FIELDS} }` })).text).toBeNull()
  })

  it('is charged like any other, and refused where nothing is left', async () => {
    const server = await startHarness({
      sources: sources.sources,
      archive: sources.archive,
      limits: { costPerMinute: 1000 },
    })
    const query = `{ messages(first: 20) ${FIELDS} }`
    const answers = [await server.ask(query), await server.ask(query), await server.ask(query)].map(
      ({ text }) => (JSON.parse(text) as { readonly extensions?: object }).extensions,
    )
    const points = 182
    expect(answers.slice(0, 2)).toEqual([
      { cost: { points, limit: 100_000, remaining: 1000 - points } },
      { cost: { points, limit: 100_000, remaining: 1000 - 2 * points } },
    ])
    for (let spent = 3; (spent + 1) * points <= 1000; spent += 1) await server.ask(query)
    expect((await server.ask(query)).errors).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }])
  })
})

it('every operation that a test sends has the same answer, with and without Yoga', async () => {
  let quick = 0
  for (const operation of recordedOperations()) {
    const { text, ...left } = await ask(operation)
    if (text === null && !('begun' in left && left.begun !== null)) continue
    quick += 1
    await expectSame(open, operation)
    await expectSame(masked, operation)
  }
  expect(quick).toBeGreaterThan(25)
})

/** Selections of a type of the schema, a few levels deep. */
function selections(type: GraphQLNamedOutputType, depth: number): fc.Arbitrary<string> {
  if (isLeafType(type) || !(isObjectType(type) || isInterfaceType(type))) return fc.constant('')
  const fields = Object.values(type.getFields()).filter(
    (field) => field.args.length === 0 && (depth > 0 || isLeafType(getNamedType(field.type))),
  )
  const one = fc.constantFrom(...fields.map(({ name }) => name)).chain((name) => {
    const field = type.getFields()[name]
    const inner = field === undefined ? fc.constant('') : selections(getNamedType(field.type), depth - 1)
    return fc
      .tuple(fc.constantFrom('', '', `${name}Too: `), inner)
      .map(([alias, below]) => `${alias}${name}${below === '' ? '' : ` { ${below} }`}`)
  })
  return fc
    .array(fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: fc.constant('__typename') }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((chosen) => chosen.join(' '))
}

const connection = getNamedType(
  schema.getQueryType()?.getFields()['messages']?.type,
) as GraphQLNamedOutputType
const variables = fc.record(
  {
    first: fc.option(fc.constantFrom(0, 1, 2, 7, 50, 501)),
    search: fc.option(fc.constantFrom('', 'Заказ', 'nothing')),
    onSourceError: fc.constantFrom('FAIL', 'PARTIAL'),
    maxUpstreamRequests: fc.option(fc.constantFrom(1, 5)),
    sort: fc.option(
      fc.record({
        field: fc.constantFrom('CREATED_AT', 'UPDATED_AT'),
        direction: fc.constantFrom('ASC', 'DESC'),
      }),
    ),
    after: fc.option(fc.constantFrom('', 'no cursor')),
    filter: fc.option(
      fc.record(
        {
          source: fc.constantFrom({ eq: 'shop' }, { eq: 'octo' }, { in: [] }),
          status: fc.constantFrom({ eq: 'READ' }, { notIn: ['SENT'] }, { eq: 'NONE' }),
          direction: fc.constantFrom({ eq: 'INBOUND' }, null),
          phone: fc.constantFrom({ startsWith: '+49' }, { eq: 'x%' }),
          sentAt: fc.constantFrom({ gte: '2026-04-24T11:20:00Z' }, { lt: '2026-04-24T11:40:00.500Z' }),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
)
const HEAD = `query Made($filter: MessageFilter, $search: String, $first: Int, $after: String, $sort: MessageSort, $onSourceError: SourceErrorPolicy! = FAIL, $maxUpstreamRequests: Int) {
  messages(filter: $filter, search: $search, first: $first, after: $after, sort: $sort, onSourceError: $onSourceError, maxUpstreamRequests: $maxUpstreamRequests)`

it(`${QUERIES} made-up queries have the same answer, with and without Yoga`, async () => {
  await fc.assert(
    fc.asyncProperty(selections(connection, 3), variables, async (selected, given) => {
      const operation = { query: `${HEAD} { ${selected} } }`, variables: given as Record<string, unknown> }
      await expectSame(open, operation)
      await expectSame(masked, operation)
    }),
    { numRuns: QUERIES, seed: 20261128 },
  )
})
