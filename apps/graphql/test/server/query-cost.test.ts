import { buildSchema, getIntrospectionQuery, graphqlSync, Kind, parse } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.js'
import { measureCost } from '../../src/server/limits/query-cost.js'

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}, of = schema): number {
  const { definitions } = parse(query)
  const [operation] = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  if (operation === undefined) throw new Error('no operation')
  const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION)
  const byName = new Map(fragments.map((one) => [one.name.value, one]))
  return measureCost({ schema: of, operation, fragments: byName, variables, sources: 3 })
}

test.each<[string, string, number, object?]>([
  ['one value', '{ __typename }', 1],
  ['a list of the usual length', '{ messages { nodes { id } } }', 1 + 1 + 25],
  ['a list of the length that is asked for', '{ messages(first: 2) { nodes { id text } } }', 1 + 1 + 2 * 2],
  [
    'edges and nodes',
    '{ messages(first: 2) { edges { cursor node { id } } nodes { id } } }',
    1 + 1 + 2 * 3 + 1 + 2,
  ],
  ['as many sources as there are', '{ sources { key label } }', 1 + 3 * 2],
  ['ids', '{ nodes(ids: ["a", "b"]) { id } }', 1 + 2 + 2],
  [
    'a detail, which costs a request',
    '{ messages(first: 1) { nodes { detail { statusMessage } } } }',
    1 + 1 + 1 + 10 + 1,
  ],
  [
    'items of lists',
    '{ messages(first: 1, filter: { to: { in: ["1", "2", "3"] } }) { totalCount } }',
    1 + 3 + 1,
  ],
  [
    'a fragment each time that it is spread',
    '{ ...A ...A } fragment A on Query { sources { key } }',
    2 * (1 + 3),
  ],
  ['an inline fragment', '{ ... { ... on Query { __typename } } }', 1],
  ['a long name', `{ ${'a'.repeat(320)}: __typename }`, 1 + 10],
  [
    'a list in variables',
    'query ($f: MessageFilter) { messages(first: 1, filter: $f) { totalCount } }',
    1 + 4 + 1,
    { f: { to: { in: [1, 2, 3, 4] } } },
  ],
  ['a length in a variable', 'query ($n: Int) { messages(first: $n) { nodes { id } } }', 2 + 100, { n: 100 }],
  [
    'a length in the default of a variable',
    'query ($n: Int = 50) { messages(first: $n) { nodes { id } } }',
    2 + 50,
  ],
  ['ids in a variable', 'query ($i: [ID!]!) { nodes(ids: $i) { id } }', 1 + 3 + 3, { i: ['a', 'b', 'c'] }],
  [
    'a length beyond what is allowed, as the greatest',
    '{ messages(first: 100000) { nodes { id } } }',
    2 + 500,
  ],
])('%s is counted', (_, query, expected, variables = {}) => {
  expect(costOf(query, variables as Record<string, unknown>)).toBe(expected)
})

test('fragments that spread each other many times over are measured, and soon', () => {
  const fragments = Array.from(
    { length: 60 },
    (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
  )
  expect(costOf(`{ ...F0 } ${fragments.join(' ')} fragment F60 on Query { __typename }`)).toBe(2 ** 60)
})

const EVERYTHING = getIntrospectionQuery({
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
})

test.each([
  ['the introspection that tools send', EVERYTHING],
  [
    'aliases',
    '{ __schema { a: types { name b: fields { c: type { name } d: type { name } } } e: types { name } } }',
  ],
  [
    'fragments',
    '{ __schema { types { ...T } } } fragment T on __Type { fields { ...F } } fragment F on __Field { args { name } }',
  ],
  ['one type', '{ __type(name: "Message") { fields { name type { kind ofType { name } } } } }'],
  ['a type that does not exist', '{ __type(name: "Nothing") { fields { name } } }'],
])('introspection costs exactly the values of its answer: %s', (_, query) => {
  for (const one of [
    schema,
    buildSchema('type Query { a(b: Int, c: [ID!]!): String @deprecated } enum E { F G }'),
  ]) {
    const { data } = graphqlSync({
      schema: one,
      source: query.replaceAll('fields {', 'fields(includeDeprecated: true) {'),
    })
    expect(costOf(query, {}, one)).toBe(valuesIn(data))
  }
})

/** How many fields an answer has. */
function valuesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const members = Object.values(value)
  const own = Array.isArray(value) ? 0 : members.length
  return members.reduce<number>((sum, member) => sum + valuesIn(member), own)
}
