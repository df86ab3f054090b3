import {
  getNamedType,
  isRequiredArgument,
  getNullableType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../../src/schema/schema.js'
import { type GraphQLFailure, type Harness, startHarness } from './support/harness.js'

async function ask(query: string, variables: Record<string, unknown> = {}): ReturnType<Harness['ask']> {
  const harness = await startHarness()
  return harness.ask(query, variables)
}

/** A wrong input in one place of an argument, and the names that are right there. */
interface Wrong {
  readonly place: string
  readonly variable: unknown
  /** The same as it is written in a query. */
  readonly literal: string
  readonly allowed: readonly string[]
}

/** Every place of an input type where a name can be wrong, each with a wrong one. */
function wrongInputs(type: GraphQLInputType, place: string, seen: readonly string[] = []): Wrong[] {
  const nullable = getNullableType(type)
  if (isListType(nullable)) {
    return wrongInputs(nullable.ofType, place, seen).map((wrong) => ({
      ...wrong,
      variable: [wrong.variable],
      literal: `[${wrong.literal}]`,
    }))
  }
  if (isEnumType(nullable)) {
    const allowed = nullable.getValues().map(({ name }) => name)
    return [{ place, variable: 'ERRONEOUS', literal: 'ERRONEOUS', allowed }]
  }
  if (!isInputObjectType(nullable) || seen.includes(nullable.name)) return []
  const fields = Object.values(nullable.getFields())
  const allowed = fields.map(({ name }) => name)
  return [
    { place: `${place}, unknown field`, variable: { like: 'x' }, literal: '{ like: "x" }', allowed },
    { place: `${place}, no object`, variable: 'FAILED', literal: 'FAILED', allowed },
    ...fields.flatMap((field) =>
      wrongInputs(field.type, `${place}.${field.name}`, [...seen, nullable.name]).map((wrong) => ({
        ...wrong,
        variable: { [field.name]: wrong.variable },
        literal: `{ ${field.name}: ${wrong.literal} }`,
      })),
    ),
  ]
}

const queries = Object.values(schema.getQueryType()?.getFields() ?? {})
const places = queries.flatMap((field) =>
  field.args.flatMap((argument) =>
    wrongInputs(argument.type, `${field.name}(${argument.name}:)`).map(
      (wrong) => [wrong.place, { field, argument, ...wrong }] as const,
    ),
  ),
)

function expectAllowed(errors: readonly GraphQLFailure[], allowed: readonly string[]): void {
  const error = errors.find(({ extensions }) => 'allowed' in extensions)
  expect(error?.extensions).toMatchObject({ code: expect.any(String), allowed })
  expect(error?.message).toContain(` Allowed: ${allowed.join(', ')}.`)
}

describe('a wrong input is refused with all that is allowed in its place', () => {
  test('of which the schema has many', () => {
    expect(places.length).toBeGreaterThan(30)
  })

  test.each(places)('%s, in the query', async (_, { field, argument, literal, allowed }) => {
    const { errors } = await ask(`{ ${field.name}(${argument.name}: ${literal}) { __typename } }`)
    expectAllowed(errors, allowed)
  })

  test.each(places)('%s, in a variable', async (_, { field, argument, variable, allowed }) => {
    // What else is required is a list: without it the query itself would be wrong.
    const others = field.args.filter((other) => other !== argument && isRequiredArgument(other))
    const list = [`${argument.name}: $v`, ...others.map(({ name }) => `${name}: []`)].join(', ')
    const query = `query ($v: ${String(argument.type)}) { ${field.name}(${list}) { __typename } }`
    const { errors } = await ask(query, { v: variable })
    expectAllowed(errors, allowed)
  })

  test.each(queries.filter(({ args }) => args.length > 0).map((field) => [field.name, field] as const))(
    'an unknown argument of %s',
    async (name, { args, type }) => {
      const selection = 'getFields' in getNamedType(type) ? '{ __typename }' : ''
      const { errors } = await ask(`{ ${name}(last: 5) ${selection} }`)
      expectAllowed(
        errors,
        args.map((argument) => argument.name),
      )
    },
  )
})

test.each([
  ['{ messages(frist: 5) { totalCount } }', 'Did you mean "first"?'],
  ['{ messages(filter: { stauts: { eq: SENT } }) { totalCount } }', 'Did you mean "status"?'],
  [
    '{ messages(filter: { status: { eq: DELIVERD } }) { totalCount } }',
    'Did you mean the enum value "DELIVERED" or',
  ],
  ['{ messages { nodes { txt } } }', 'Did you mean "text"'],
  ['{ messages(filter: { to: { startWith: "+49" } }) { totalCount } }', 'Did you mean "startsWith"?'],
])('the error for %s has the nearest name, once', async (query, guess) => {
  const { errors } = await ask(query)
  expect(errors[0]?.message).toContain(guess)
  expect(errors[0]?.message.match(/Did you mean/g)).toHaveLength(1)
})

test.each([
  [
    'a number in quotes',
    'query ($n: Int) { messages(first: $n) { totalCount } }',
    { n: '5' },
    'Int cannot represent',
  ],
  [
    'a date without a time',
    'query ($t: DateTime) { messages(filter: { sentAt: { gte: $t } }) { totalCount } }',
    { t: '2026-01-01' },
    'such as "2026-04-24T12:34:56Z"',
  ],
])('the error for %s in a variable names what is expected', async (_, query, variables, words) => {
  const { errors } = await ask(query, variables)
  expect(errors).toMatchObject([
    { message: expect.stringContaining(words), extensions: { code: 'BAD_USER_INPUT' } },
  ])
})
