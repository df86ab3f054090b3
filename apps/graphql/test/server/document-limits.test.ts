import { getIntrospectionQuery } from 'graphql'
import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type GraphQLAnswer, startHarness } from './support/harness.js'

async function ask(query: string): Promise<GraphQLAnswer> {
  const harness = await startHarness({ sources: [sourceOf('a', arrayProvider())] })
  return harness.ask(query)
}

function repeat(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join(' ')
}

const aliased = (count: number): string => repeat(count, (index) => `m${index}: messages { totalCount }`)

test('the introspection that tools send passes', async () => {
  const options = {
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
  }
  const answer = await ask(getIntrospectionQuery(options))
  expect(answer.errors).toEqual([])
  expect(answer.data).toMatchObject({ __schema: { queryType: { name: 'Query' } } })
})

test('the deepest query that makes sense passes', async () => {
  const { errors } = await ask(
    '{ messages { edges { node { source { capabilities { filters { operators { operator } } } } } } } }',
  )
  expect(errors).toEqual([])
})

test('ten lists may be asked for at once, eleven not', async () => {
  expect((await ask(`{ ${aliased(10)} }`)).errors).toEqual([])
  expect(await ask(`{ ${aliased(11)} }`)).toMatchObject({
    data: undefined,
    errors: [
      {
        message:
          'The query reads more than 100 points: 10 for each list and each introspection of the schema, 1 for each ' +
          'single object: 110. Ask for less in one query.',
        extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: 'maxReads', asked: 110, allowed: 100 },
      },
    ],
  })
})

test.each([
  ['looked up one by one', `{ ${repeat(101, (index) => `n${index}: node(id: "x") { id }`)} }`],
  [
    'in fragments',
    `{ ...A ...B } fragment A on Query { ${aliased(6)} } fragment B on Query { b: messages { totalCount } ...C } fragment C on Query { ${aliased(5).replaceAll('m', 'c').replaceAll('cessages', 'messages')} }`,
  ],
  ['in inline fragments', `{ ... on Query { ... { ${aliased(11)} } } }`],
  ['by introspection', `{ ${repeat(11, (index) => `s${index}: __schema { types { name } }`)} }`],
])('too much is refused %s', async (_, query) => {
  expect((await ask(query)).errors[0]?.extensions.code).toBe('QUERY_TOO_EXPENSIVE')
})

test('nesting is limited, whatever it is that nests', async () => {
  const nested = `${'{ messages '.repeat(13)}{ id }${' }'.repeat(13)}`
  expect((await ask(nested)).errors.map(({ message }) => message)).toContain(
    'The query nests fields deeper than 12: 14. Ask for less in one query.',
  )
})

test('fragments that spread each other many times over are refused, and soon', async () => {
  const fragments = repeat(
    30,
    (index) => `fragment F${index} on Message { ...F${index + 1} ...F${index + 1} }`,
  )
  const query = `{ messages { nodes { ...F0 } } } ${fragments} fragment F30 on Message { id }`
  expect((await ask(query)).errors).toMatchObject([
    {
      message: expect.stringMatching(
        /^The query selects more than 1000 fields: \d+\. Ask for less/,
      ) as string,
    },
  ])
})

test('fragments that spread themselves are refused as invalid', async () => {
  const { errors } = await ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }')
  expect(errors[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED')
})

test.each([
  ['a long one', `{ ${'__typename '.repeat(2000)} }`],
  ['a deep one', `{ messages(search: ${'['.repeat(20_000)} ) { totalCount } }`],
])('a document of too many tokens is not even parsed: %s', async (_, query) => {
  expect((await ask(query)).errors).toEqual([
    {
      message:
        'The query is too long: more than 2000 tokens, or nested too deeply. Send long lists as variables.',
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: 'maxTokens', allowed: 2000 },
    },
  ])
})

test('a long list is no trouble as a variable', async () => {
  const harness = await startHarness({ sources: [sourceOf('a', arrayProvider())] })
  const numbers = Array.from({ length: 5000 }, (_, index) => `+1415555${index}`)
  const query =
    'query ($numbers: [String!]) { messages(filter: { phone: { in: $numbers } }) { nodes { id } } }'
  expect(await harness.ask(query, { numbers })).toMatchObject({
    errors: [],
    data: { messages: { nodes: [] } },
  })
})
