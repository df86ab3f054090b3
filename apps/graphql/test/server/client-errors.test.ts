import { WaybillError } from '@waybill/core'
import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type Harness, startHarness } from './support/harness.js'
import { message, messages } from './support/message.js'

const LIST = '{ messages { nodes { id } } }'

function startOver(before?: () => Promise<void>): Promise<Harness> {
  return startHarness({ sources: [sourceOf('a', arrayProvider({ messages: messages(3), before }))] })
}

test.each([
  ['GRAPHQL_PARSE_FAILED', '{', {}],
  ['GRAPHQL_PARSE_FAILED', '', {}],
  ['GRAPHQL_VALIDATION_FAILED', '{ nothing }', {}],
  ['GRAPHQL_VALIDATION_FAILED', 'mutation { messages }', {}],
  ['GRAPHQL_VALIDATION_FAILED', '{ message { id } }', {}],
  ['BAD_USER_INPUT', '{ messages(filter: { status: { eq: LOST } }) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(filter: { sentAt: { gt: "yesterday" } }) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(filter: { sentAt: { gt: "2026-02-30T00:00:00Z" } }) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(filter: { sentAt: { gt: 17 } }) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(filter: { colour: { eq: "red" } }) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(onSourceError: null) { totalCount } }', {}],
  [
    'BAD_USER_INPUT',
    'query ($s: MessageStatus) { messages(filter: { status: { eq: $s } }) { totalCount } }',
    { s: 'LOST' },
  ],
  [
    'BAD_USER_INPUT',
    'query ($t: DateTime!) { messages(filter: { sentAt: { lt: $t } }) { totalCount } }',
    { t: '7' },
  ],
  ['BAD_USER_INPUT', 'query ($t: DateTime!) { messages(filter: { sentAt: { lt: $t } }) { totalCount } }', {}],
  [
    'BAD_USER_INPUT',
    'query ($p: SourceErrorPolicy = FAIL) { messages(onSourceError: $p) { totalCount } }',
    { p: null },
  ],
  ['BAD_USER_INPUT', 'query A { __typename } query B { __typename }', {}],
  ['BAD_USER_INPUT', '{ messages(first: 0) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(first: 501) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(first: -1) { totalCount } }', {}],
  ['BAD_USER_INPUT', '{ messages(maxUpstreamRequests: 0) { totalCount } }', {}],
  ['INVALID_CURSOR', '{ messages(after: "bm90aGluZw") { totalCount } }', {}],
  ['INVALID_CURSOR', '{ messages(after: "") { totalCount } }', {}],
  ['UNSUPPORTED_SORT', '{ messages(sort: { field: UPDATED_AT }) { totalCount } }', {}],
])('%s: %s', async (code, query, variables) => {
  const { ask, log } = await startOver()
  const answer = await ask(query, variables)
  expect(answer.status).toBe(200)
  expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(answer.errors.map(() => code))
  expect(answer.errors.length).toBeGreaterThan(0)
  expect(log.filter(({ level }) => level === 'error')).toEqual([])
})

test.each([
  ['first: 501', '`first` must be between 1 and 500, not 501.'],
  ['maxUpstreamRequests: -2', '`maxUpstreamRequests` must be at least 1, not -2.'],
])('the range is named for %s', async (argument, expected) => {
  const { ask } = await startOver()
  const { errors } = await ask(`{ messages(${argument}) { totalCount } }`)
  expect(errors.map(({ message: text }) => text)).toEqual([expected])
})

test.each([
  ['"yesterday"', { line: 1, column: 37 }],
  ['17', { line: 1, column: 37 }],
])('a value that is not a time is quoted, with its place: %s', async (literal, place) => {
  const { ask } = await startOver()
  const { errors } = await ask(`{ messages(filter: { sentAt: { gte: ${literal} } }) { totalCount } }`)
  expect(errors.map(({ message: text }) => text)).toEqual([
    'DateTime must be an ISO 8601 date and time of day, such as "2026-04-24T12:34:56Z" or ' +
      `"2026-04-24T14:34:56+02:00", not ${literal}.`,
  ])
  expect(errors).toEqual([expect.objectContaining({ locations: [place] })])
})

test('what a client sent is not sent back at any length', async () => {
  const { ask } = await startOver()
  const query = 'query ($n: Int) { messages(first: $n) { totalCount } }'
  const { text, errors } = await ask(query, { n: '😀'.repeat(50_000) })
  expect(errors[0]?.message).toMatch(/^Variable "\$n" has invalid value: Int cannot represent .*…$/)
  expect(text.length).toBeLessThan(2000)
})

test('an error of ours keeps its message and its path in the query', async () => {
  const { ask } = await startOver(() =>
    Promise.reject(new WaybillError('ARCHIVE_UNAVAILABLE', 'The archive is away.')),
  )
  expect((await ask(LIST)).errors).toEqual([
    {
      message: 'The archive is away.',
      locations: [{ line: 1, column: 3 }],
      path: ['messages'],
      extensions: { code: 'ARCHIVE_UNAVAILABLE' },
    },
  ])
})

test('a source that is at fault is named, though it is not an upstream that failed', async () => {
  const { ask } = await startOver()
  const { errors } = await ask('{ messages(sort: { field: UPDATED_AT }) { totalCount } }')
  expect(errors[0]?.extensions).toEqual({ code: 'UNSUPPORTED_SORT', source: 'a' })
})

test('a provider that throws an unknown error is named, and the log holds the error', async () => {
  const { ask, log } = await startOver(() => Promise.reject(new RangeError('no such page')))
  const { errors } = await ask(LIST)
  expect(errors[0]?.extensions).toEqual({ code: 'UPSTREAM_INVALID_RESPONSE', source: 'a' })
  expect(log).toContainEqual(
    expect.objectContaining({ level: 'warn', source: 'a', cause: 'RangeError: no such page' }),
  )
})

test('a defect is masked, and is logged under the id that the client gets', async () => {
  const broken = Object.defineProperty({ ...arrayProvider() }, 'name', {
    get: () => {
      throw new TypeError("cannot read '/srv/waybill/secret.json' of undefined")
    },
  })
  const { ask, log } = await startHarness({ sources: [sourceOf('a', broken)] })
  const { errors } = await ask('{ call_4915112345678: sources { key provider } }')
  const id = errors[0]?.extensions['id']
  expect(errors).toMatchObject([
    {
      message: 'Unexpected error. The log of the server has it under this id.',
      extensions: { code: 'INTERNAL_SERVER_ERROR', id: expect.stringMatching(/^[\da-f-]{36}$/) as string },
    },
  ])
  expect(log).toContainEqual(
    expect.objectContaining({
      level: 'error',
      message: 'Unexpected error',
      id,
      path: 'call_N.0.provider',
      error: "TypeError: cannot read '[path]' of undefined",
    }),
  )
})

test('a value that the schema cannot represent is a defect, not the fault of the client', async () => {
  const broken = [
    message(1, { sentAt: Date.parse('2026-04-24T12:00:00Z'), isRead: 'maybe' as unknown as boolean }),
  ]
  const { ask } = await startHarness({ sources: [sourceOf('a', arrayProvider({ messages: broken }))] })
  const { errors } = await ask('{ messages { nodes { id isRead } } }')
  expect(errors[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
})
