import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { json } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { readGraphQL, startHarness } from './support/harness.js'
import { rawRequest } from './support/raw-request.js'

const QUERY = '{ __typename }'

/** A body with a parameter whose last value is a list within lists. */
function nestedBody(parameter: string, depth: number): string {
  const query = 'query ($filter: MessageFilter) { messages(filter: $filter) { nodes { id } } }'
  return `{"query":"${query}",${parameter}${'['.repeat(depth)}${']'.repeat(depth)}}}`
}

test('a query is answered over POST and over GET', async () => {
  const { ask, get } = await startHarness()
  expect(await ask(QUERY)).toMatchObject({ status: 200, data: { __typename: 'Query' } })
  const asked = new URLSearchParams({
    query: 'query A($b: Boolean!) { __typename @include(if: $b) } query B { sources { key } }',
    operationName: 'A',
    variables: '{"b":true}',
  })
  expect(readGraphQL(await get(`/graphql?${asked}`))).toMatchObject({ data: { __typename: 'Query' } })
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/graphql',
  'application/jsonp',
  '',
])('a body of the type "%s" is refused, as a form of another site could send it', async (type) => {
  const { url } = await startHarness()
  const answer = await rawRequest(`${url}/graphql`, {
    method: 'POST',
    headers: type === '' ? {} : { 'content-type': type },
    body: JSON.stringify({ query: QUERY }),
  })
  expect(answer.status).toBe(415)
  expect(readGraphQL(answer).errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
})

test.each(['gzip', 'br', 'deflate', 'zstd', 'gzip, identity', 'x-unknown'])(
  'a body that is encoded as "%s" is refused, and not unpacked',
  async (coding) => {
    const { url } = await startHarness()
    for (const path of ['/graphql', '/reconcile']) {
      const answer = await rawRequest(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': coding },
        body: JSON.stringify({ query: QUERY }),
      })
      expect(answer.status).toBe(415)
      expect(readGraphQL(answer).errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
    }
  },
)

test.each(['/graphql', '/graphql/', '/%67raphql', '/graph%71l/', 'http://elsewhere.example/graphql'])(
  'a query is answered under the spelling %s of the path',
  async (path) => {
    const { url } = await startHarness()
    const target = request(url, { path: `${path}?query=${encodeURIComponent(QUERY)}` })
    const [answer] = (await once(target.end(), 'response')) as [IncomingMessage]
    expect(await json(answer)).toMatchObject({ data: { __typename: 'Query' } })
  },
)

test('a character set beside the type does not matter', async () => {
  const { ask } = await startHarness()
  const answer = await ask(QUERY, {}, { 'content-type': 'Application/JSON; charset=utf-8' })
  expect(answer.data).toEqual({ __typename: 'Query' })
})

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a text', '"{ __typename }"'],
  ['no query', '{}'],
  ['a query that is no text', '{"query":{}}'],
  ['variables that are no object', '{"query":"{ __typename }","variables":[]}'],
  ['a name that is no text', '{"query":"{ __typename }","operationName":["a"]}'],
  ['an id of a document that is no text', '{"query":"{ __typename }","documentId":7}'],
  ['variables that are nested too deep', nestedBody('"variables":{"unknown":', 100_000)],
  ['a filter that is nested too deep', nestedBody('"variables":{"filter":', 40)],
  ['extensions that are nested too deep', nestedBody('"extensions":{"a":', 100_000)],
  ['a batch', '[{"query":"{ __typename }"}]'],
  ['nothing', ''],
])('a body with %s is refused', async (_, body) => {
  const { get } = await startHarness()
  const answer = await get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(answer.status).toBe(400)
  expect(readGraphQL(answer).errors[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT' })
})

const repeated = (text: string): string => `${`${text},`.repeat(10_000)}${text}`
const MANY: readonly (readonly [name: string, value: string])[] = [
  ['empty objects', `[${repeated('{}')}]`],
  ['empty lists', `[${repeated('[]')}]`],
  ['numbers', `[${repeated('1')}]`],
  ['texts', `[${repeated('""')}]`],
  ['members of an object', `{${Array.from({ length: 10_001 }, (_, index) => `"k${index}":0`).join()}}`],
  ['lists of lists', `[${repeated('[[],{"a":[0]}]')}]`],
]

test('a body with very many values is refused before it is parsed, whether its query reads them or not', async () => {
  const { get, log } = await startHarness()
  const places = ['"variables":{"unknown":', '"extensions":{"unknown":', '"unknown":{"a":']
  const bodies = MANY.flatMap(([, value]) =>
    places.map((place) => `{"query":"{ __typename }",${place}${value}}}`),
  )
  for (const body of bodies) {
    const answer = await get('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    expect.soft(answer.status).toBe(413)
    expect.soft(readGraphQL(answer).errors).toEqual([
      {
        message: expect.stringContaining('at most 10000 values (server.limits.maxInputValues)') as string,
        extensions: { code: 'QUERY_TOO_EXPENSIVE' },
      },
    ])
  }
  expect(log).toHaveLength(bodies.length)
})

test('values are counted up to the limit of the configuration, and none within texts', async () => {
  const { ask } = await startHarness({ limits: { maxInputValues: 50 } })
  const query =
    'query ($ids: [ID!]!, $text: String) { nodes(ids: $ids) { id } messages(search: $text) { totalCount } }'
  const text = ',[{'.repeat(200)
  const withIds = (length: number): Promise<{ status: number }> =>
    ask(query, { ids: Array.from({ length }, String), text })
  expect(await withIds(40)).toMatchObject({ status: 200 })
  expect(await withIds(60)).toMatchObject({ status: 413 })
})

test('brackets within texts nest nothing, also behind escaped quotes', async () => {
  const { ask } = await startHarness()
  const search = `"[{\\"`.repeat(10_000)
  const query = 'query ($search: String) { messages(search: $search) { nodes { id } } }'
  expect(await ask(query, { search })).toMatchObject({ status: 200, errors: [] })
})

test('parameters that are no JSON are refused', async () => {
  const { get } = await startHarness()
  const answer = await get('/graphql?query={__typename}&variables={')
  expect(answer.status).toBe(400)
  expect(readGraphQL(answer).errors).toEqual([
    { message: '`variables` and `extensions` must be JSON.', extensions: { code: 'BAD_USER_INPUT' } },
  ])
})

test('a body that is too large is refused, by what is announced and by what comes', async () => {
  const { ask, url } = await startHarness()
  const announced = await ask(QUERY, { text: 'x'.repeat(524_289) })
  expect(announced.status).toBe(413)
  expect(announced.errors[0]?.extensions.code).toBe('QUERY_TOO_EXPENSIVE')
  expect(await sendEndlessBody(`${url}/graphql`)).toBe(413)
})

test('whoever sends a body that is much too large gets the answer, and no broken connection', async () => {
  const { url } = await startHarness()
  const headers = { 'content-type': 'application/json' }
  const body = ' '.repeat(20_000_000)
  const announced: RequestInit = { method: 'POST', headers, body }
  for (let turn = 0; turn < 10; turn += 1) {
    expect((await fetch(`${url}/graphql`, announced)).status).toBe(413)
    const streamed = { ...announced, body: new Blob([body]).stream(), duplex: 'half' } as const
    expect((await fetch(`${url}/graphql`, streamed)).status).toBe(413)
  }
})

test('a large body within the limit is read whole', async () => {
  const { ask } = await startHarness()
  const answer = await ask('query ($t: String!) { messages(search: $t) { totalCount } }', {
    t: 'ü'.repeat(125_000),
  })
  expect(answer.data).toEqual({ messages: { totalCount: 0 } })
})

/** Sends chunks until there is an answer, and yields its status. */
function sendEndlessBody(url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sending = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } })
    const chunk = Buffer.alloc(65_536, ' ')
    const send = (): void => {
      if (!sending.destroyed) sending.write(chunk, () => setImmediate(send))
    }
    sending.once('response', (response) => {
      resolve(response.statusCode)
      sending.destroy()
    })
    sending.once('error', reject)
    send()
  })
}

test.each(['', null])('the operation name %j is as if there were none', async (operationName) => {
  const { get } = await startHarness()
  const headers = { 'content-type': 'application/json' }
  const posted = await get('/graphql', {
    method: 'POST',
    headers,
    body: JSON.stringify({ query: 'query A { __typename }', operationName }),
  })
  expect(readGraphQL(posted)).toMatchObject({ status: 200, data: { __typename: 'Query' } })
  const asked = new URLSearchParams({ query: 'query A { __typename }', operationName: operationName ?? '' })
  expect(readGraphQL(await get(`/graphql?${asked}`))).toMatchObject({ data: { __typename: 'Query' } })
})

test('with several operations, an empty name does not choose one', async () => {
  const { get } = await startHarness()
  const body = JSON.stringify({ query: 'query A { __typename } query B { __typename }', operationName: '' })
  const answer = await get('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })
  expect(readGraphQL(answer).errors).toMatchObject([{ message: expect.stringMatching(/operation/i) }])
})

test('a client that sends the hash of a query learns that it has to send the query', async () => {
  const { get } = await startHarness()
  const extensions = { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } }
  const headers = { 'content-type': 'application/json' }
  const post = await get('/graphql', { method: 'POST', headers, body: JSON.stringify({ extensions }) })
  const asked = await get(`/graphql?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`)
  for (const answer of [post, asked].map(readGraphQL)) {
    expect(answer.status).toBe(200)
    expect(answer.errors).toEqual([
      { message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } },
    ])
  }
  const body = JSON.stringify({ query: QUERY, extensions })
  const whole = await get('/graphql', { method: 'POST', headers, body })
  expect(readGraphQL(whole).data).toEqual({ __typename: 'Query' })
})
