import { expect, test } from 'vitest'
import { bearerAuth, type Harness, startHarness } from './support/harness.js'
import { OTHER_SERVER_TOKEN, SERVER_TOKEN } from './support/secrets.js'

const QUERY = '{ __typename }'

function startGuarded(): Promise<Harness> {
  return startHarness({ auth: bearerAuth(SERVER_TOKEN, OTHER_SERVER_TOKEN) })
}

test.each([SERVER_TOKEN, OTHER_SERVER_TOKEN])('each of the tokens opens', async (token) => {
  const { ask } = await startGuarded()
  expect((await ask(QUERY, {}, { authorization: `Bearer ${token}` })).data).toEqual({ __typename: 'Query' })
  expect((await ask(QUERY, {}, { authorization: `bearer  ${token}` })).data).toEqual({ __typename: 'Query' })
})

test.each([
  ['nothing', undefined, 'Bearer'],
  ['an empty header', '', 'Bearer'],
  ['no token', 'Bearer ', 'Bearer'],
  ['another token', 'Bearer server-token', 'Bearer error="invalid_token"'],
  ['the beginning of one', `Bearer ${SERVER_TOKEN.slice(0, -1)}`, 'Bearer error="invalid_token"'],
  ['more than one', `Bearer ${SERVER_TOKEN} ${OTHER_SERVER_TOKEN}`, 'Bearer'],
  ['the token alone', SERVER_TOKEN, 'Bearer'],
  ['another scheme', `Basic ${SERVER_TOKEN}`, 'Bearer'],
])('%s does not', async (_, authorization, challenge) => {
  const { ask } = await startGuarded()
  const answer = await ask(QUERY, {}, authorization === undefined ? {} : { authorization })
  expect(answer.status).toBe(200)
  expect(answer.data).toBeUndefined()
  expect(answer.errors).toEqual([
    { message: 'Send a valid token: `Authorization: Bearer …`.', extensions: { code: 'UNAUTHENTICATED' } },
  ])
  expect(answer.headers.get('www-authenticate')).toBe(challenge)
})

test('where the client takes the newer media type the status says it too', async () => {
  const { ask } = await startGuarded()
  const answer = await ask(QUERY, {}, { accept: 'application/graphql-response+json' })
  expect(answer.status).toBe(401)
  expect(answer.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8')
})

test('the figures need a token; health, readiness and GraphiQL do not', async () => {
  const { get } = await startGuarded()
  expect((await get('/metrics')).status).toBe(401)
  expect((await get('/metrics', { headers: { authorization: `Bearer ${SERVER_TOKEN}` } })).status).toBe(200)
  expect((await get('/healthz')).status).toBe(200)
  expect((await get('/readyz')).status).toBe(200)
  const page = await get('/graphql', { headers: { accept: 'text/html' } })
  expect(page).toMatchObject({ status: 200 })
  expect((await get('/graphql/assets/start.js')).text).toContain('authorization')
})

test('a query in the address of the page is not run', async () => {
  const { get } = await startGuarded()
  const answer = await get('/graphql?query={sources{key}}', { headers: { accept: 'text/html' } })
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
})
