import { cacheExchange, type Client, createClient, type Exchange, fetchExchange, gql } from '@urql/core'
import { persistedExchange } from '@urql/exchange-persisted'
import { expect, inject, test } from 'vitest'
import { SERVER_TOKEN } from '../server/support/secrets.js'
import { recordedFetch } from '../server/support/transcript.js'

const { url, messageCount, document } = inject('builtServer')

const LIST = gql<{
  messages: {
    nodes: { id: string }[]
    pageInfo: { hasNextPage: boolean; endCursor: string | null }
  }
}>`
  query List($after: String) {
    messages(first: 50, after: $after) {
      nodes {
        id
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`

function connect(token: string, exchanges: Exchange[] = [cacheExchange, fetchExchange]): Client {
  return createClient({
    url,
    exchanges,
    // By default it sends short queries in the URL, where variables end up in the logs of proxies.
    preferGetMethod: false,
    fetch: recordedFetch as typeof fetch,
    fetchOptions: { headers: { authorization: `Bearer ${token}` } },
  })
}

test.each([false, 'force'] as const)('urql reads all pages of a list (GET: %s)', async (preferGetMethod) => {
  const client = connect(SERVER_TOKEN)
  const ids = new Set<string>()
  let after: string | null = null
  do {
    const { data, error } = await client.query(LIST, { after }, { preferGetMethod }).toPromise()
    expect(error).toBeUndefined()
    for (const { id } of data?.messages.nodes ?? []) ids.add(id)
    after = data?.messages.pageInfo.hasNextPage === true ? data.messages.pageInfo.endCursor : null
  } while (after !== null)
  expect(ids.size).toBe(messageCount)
})

test('urql sees what was wrong with a query, and with a token', async () => {
  const invalid = await connect(SERVER_TOKEN)
    .query('{ messages(first: 9999) { nodes { id } } }', {})
    .toPromise()
  expect(invalid.error?.graphQLErrors).toMatchObject([
    {
      message: expect.stringContaining('between 1 and 500') as string,
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ])
  const unknown = await connect('wrong').query('{ __typename }', {}).toPromise()
  expect(unknown.error?.response).toMatchObject({ status: 401 })
  expect(unknown.error?.graphQLErrors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
})

test('its automatic persisted queries fall back to whole documents', async () => {
  const persisted = persistedExchange({ preferGetForPersistedQueries: false })
  const client = connect(SERVER_TOKEN, [persisted, fetchExchange])
  const { data, error } = await client.query(LIST, {}).toPromise()
  expect(error).toBeUndefined()
  expect(data?.messages.nodes).toHaveLength(50)
})

test('a persisted document is run by its id', async () => {
  const answer = await recordedFetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SERVER_TOKEN}` },
    body: JSON.stringify({ documentId: document.id }),
  })
  expect(await answer.json()).toMatchObject({ data: { messages: { nodes: [{}] } } })
})
