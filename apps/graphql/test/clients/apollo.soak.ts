import { ApolloClient, type ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client/core'
import { BatchHttpLink } from '@apollo/client/link/batch-http'
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries'
import { relayStylePagination } from '@apollo/client/utilities'
import { createHash } from 'node:crypto'
import { expect, inject, onTestFinished, test } from 'vitest'
import { arrayProvider, sourceOf } from '../server/support/array-provider.js'
import { startHarness } from '../server/support/harness.js'
import { messages } from '../server/support/message.js'
import { SERVER_TOKEN } from '../server/support/secrets.js'
import { recordedFetch } from '../server/support/transcript.js'

const { url, messageCount } = inject('builtServer')
const headers = { authorization: `Bearer ${SERVER_TOKEN}` }

const LIST = gql`
  query List($after: String) {
    messages(first: 50, after: $after) {
      edges {
        cursor
        node {
          id
          text
          source {
            id
            label
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`

interface List {
  readonly messages: {
    readonly edges: readonly { readonly node: { readonly id: string } }[]
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  }
}

function clientWith(link: ApolloLink): ApolloClient {
  const client = new ApolloClient({
    link,
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { messages: relayStylePagination() } } } }),
  })
  onTestFinished(() => client.stop())
  return client
}

/** The bodies of the requests that a link has sent. */
function recordingFetch(): { bodies: Record<string, unknown>[]; fetch: typeof fetch } {
  const bodies: Record<string, unknown>[] = []
  return {
    bodies,
    fetch: (input, init) => {
      bodies.push(JSON.parse(init?.body as string) as Record<string, unknown>)
      return recordedFetch(input as string, init)
    },
  }
}

test('Apollo Client joins the pages of a connection in its cache until the list ends', async () => {
  const client = clientWith(new HttpLink({ uri: url, headers, fetch: recordedFetch as typeof fetch }))
  const list = client.watchQuery<List>({ query: LIST })
  let { data } = await list.fetchMore<List>({})
  while (data?.messages.pageInfo.hasNextPage) {
    ;({ data } = await list.fetchMore({ variables: { after: data.messages.pageInfo.endCursor } }))
  }
  const joined = client.readQuery<List>({ query: LIST })
  expect(new Set(joined?.messages.edges.map(({ node }) => node.id)).size).toBe(messageCount)
  expect(joined?.messages.edges).toHaveLength(messageCount)
})

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

test('its automatic persisted queries fall back to whole documents', async () => {
  const { bodies, fetch } = recordingFetch()
  const client = clientWith(
    new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri: url, headers, fetch })),
  )
  const { data } = await client.query<List>({ query: LIST })
  expect(data?.messages.edges).toHaveLength(50)
  expect(bodies.map((body) => 'query' in body)).toEqual([false, true])
})

test('it sends no more hashes to a server that does not support persisted queries', async () => {
  const { url: origin } = await startHarness({
    sources: [sourceOf('a', arrayProvider({ messages: messages(3) }))],
  })
  const { bodies, fetch } = recordingFetch()
  const client = clientWith(
    new PersistedQueryLink({ sha256 }).concat(new HttpLink({ uri: `${origin}/graphql`, fetch })),
  )
  for (let index = 0; index < 2; index += 1)
    expect(
      (await client.query<List>({ query: LIST, fetchPolicy: 'network-only' })).data?.messages.edges,
    ).toHaveLength(3)
  expect(bodies.map((body) => JSON.stringify(body).includes('persistedQuery'))).toEqual([true, false, false])
})

test('a batch of it is refused in words', async () => {
  const client = clientWith(
    new BatchHttpLink({ uri: url, headers, batchMax: 2, fetch: recordedFetch as typeof fetch }),
  )
  const query = (name: string): Promise<unknown> =>
    client
      .query({ query: gql(`query ${name} { messages(first: 1) { nodes { id } } }`) })
      .catch((error: unknown) => error)
  const [error] = await Promise.all([query('One'), query('Two')])
  expect(error).toMatchObject({ result: [{ errors: [{ message: 'Batching is not supported.' }] }] })
})
