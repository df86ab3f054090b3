import { expect, test } from 'vitest'
import { bearerAuth, readGraphQL, startHarness } from './support/harness.js'
import { rawRequest } from './support/raw-request.js'
import { SERVER_TOKEN } from './support/secrets.js'

const PATH = '/graphql?query={__typename}'

test.each(['cross-site', 'same-site'])('a page that is %s cannot have a query run', async (site) => {
  const { url } = await startHarness()
  const answer = await rawRequest(`${url}${PATH}`, { headers: { 'sec-fetch-site': site } })
  expect(answer.status).toBe(403)
  expect(answer.text).toContain('"FORBIDDEN"')
})

test.each(['same-origin', 'none'])('what is %s can', async (site) => {
  const { url } = await startHarness()
  const answer = await rawRequest(`${url}${PATH}`, { headers: { 'sec-fetch-site': site } })
  expect(readGraphQL(answer)).toMatchObject({ status: 200, data: { __typename: 'Query' } })
})

test('a link of another site may lead to GraphiQL', async () => {
  const { url } = await startHarness()
  const headers = { 'sec-fetch-site': 'cross-site', accept: 'text/html' }
  expect((await rawRequest(`${url}/graphql`, { headers })).status).toBe(200)
})

test.each([
  'rebound.example',
  'rebound.example:4000',
  'localhost.rebound.example',
  '127.0.0.1.rebound.example',
])('the name "%s" does not pass for this machine where everybody on it may query', async (host) => {
  const { url } = await startHarness()
  const answer = await rawRequest(`${url}${PATH}`, { headers: { host } })
  expect(answer.status).toBe(421)
  expect(answer.text).toContain('"FORBIDDEN"')
})

test.each(['localhost', 'LOCALHOST:4000', 'waybill.localhost', '127.0.0.1:80', '[::1]:80', '192.0.2.7'])(
  'the name "%s" does',
  async (host) => {
    const { url } = await startHarness()
    expect((await rawRequest(`${url}${PATH}`, { headers: { host } })).status).toBe(200)
  },
)

test('with a token any name will do', async () => {
  const { url } = await startHarness({ auth: bearerAuth(SERVER_TOKEN) })
  const headers = { host: 'waybill.example', authorization: `Bearer ${SERVER_TOKEN}` }
  expect((await rawRequest(`${url}${PATH}`, { headers })).status).toBe(200)
})
