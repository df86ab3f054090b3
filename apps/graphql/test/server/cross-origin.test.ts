import { expect, test } from 'vitest'
import { bearerAuth, readGraphQL, startHarness } from './support/harness.js'
import { rawRequest } from './support/raw-request.js'
import { SERVER_TOKEN } from './support/secrets.js'

const PATH = '/graphql?query={__typename}'
const APP = 'https://app.example'
const BROWSER = { 'user-agent': 'Mozilla/5.0 (an old one, which does not say where a request comes from)' }

test('a page of a configured origin can query, and reads the answer', async () => {
  const { url } = await startHarness({ corsOrigins: [APP] })
  const headers = { origin: APP, 'sec-fetch-site': 'cross-site' }
  const preflight = await rawRequest(`${url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      ...headers,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    },
  })
  expect(preflight.status).toBe(204)
  expect(preflight.headers.get('access-control-allow-origin')).toBe(APP)
  expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization')
  const answer = await rawRequest(`${url}${PATH}`, { headers })
  expect(readGraphQL(answer).data).toEqual({ __typename: 'Query' })
  expect(answer.headers.get('access-control-allow-origin')).toBe(APP)
  expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin')
})

test.each([
  ['another origin', { origin: 'https://other.example', 'sec-fetch-site': 'cross-site' }],
  ['one that only begins like a configured one', { origin: `${APP}.other.example` }],
  ['a page without an origin', { origin: 'null' }],
  ['an image or a script of another site', { 'sec-fetch-site': 'cross-site' }],
  ['an old browser, whatever page it shows', BROWSER],
  ['an old browser that sends a form', { ...BROWSER, 'content-type': 'text/plain' }],
])('%s cannot', async (_, headers) => {
  const { url } = await startHarness({ corsOrigins: [APP] })
  const answer = await rawRequest(`${url}${PATH}`, { headers })
  expect(answer.status).toBe(403)
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  expect(readGraphQL(answer).errors).toMatchObject([
    { message: expect.stringContaining('server.cors.origins') as string, extensions: { code: 'FORBIDDEN' } },
  ])
})

test.each([
  ['a token', { authorization: `Bearer ${SERVER_TOKEN}` }],
  ['the header for it', { 'graphql-require-preflight': '1', authorization: `Bearer ${SERVER_TOKEN}` }],
])('an old browser can with %s, which a page cannot send unasked', async (_, headers) => {
  const { url } = await startHarness({ auth: bearerAuth(SERVER_TOKEN) })
  const answer = await rawRequest(`${url}${PATH}`, { headers: { ...BROWSER, ...headers } })
  expect(readGraphQL(answer).data).toEqual({ __typename: 'Query' })
})

test('introspection can be turned off, and then no error names the schema either', async () => {
  const { ask } = await startHarness({ graphql: { introspection: false } })
  const refused = await ask('{ __schema { types { name } } }')
  expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN')
  const { errors } = await ask('{ mesages { totalCount } }')
  expect(errors).toMatchObject([{ message: 'Cannot query field "mesages" on type "Query".' }])
  expect((await ask('{ __typename messages { totalCount } }')).errors).toEqual([])
})

test('GraphiQL can be turned off, with its assets', async () => {
  const { get } = await startHarness({ graphql: { graphiql: false } })
  const page = await get('/graphql', { headers: { accept: 'text/html' } })
  expect(page.status).toBe(400)
  expect((await get('/graphql/assets/start.js')).status).toBe(404)
})
