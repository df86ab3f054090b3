import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type ConcreteRequest,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getSingularSelector,
  type GraphQLResponse,
  Network,
  type ReaderFragment,
  RecordSource,
  Store,
  type Variables,
} from 'relay-runtime'
import { expect, inject, test } from 'vitest'
import { temporaryFolder } from '../../../../test/support/provider-folder.js'
import { SERVER_TOKEN } from '../server/support/secrets.js'
import { recordedFetch } from '../server/support/transcript.js'

const { url, messageCount } = inject('builtServer')
/** Relay's compiler: a program for this machine, which comes within the npm package. */
const COMPILER = createRequire(import.meta.url)('relay-compiler') as string
const SCHEMA = fileURLToPath(new URL('../../schema.graphql', import.meta.url))

/** A component as one writes it for Relay: a list that reads on, and an object that is read again by its id. */
const COMPONENT = `
import { graphql } from 'relay-runtime'
export const query = graphql\`
  query ListQuery { ...List_query }
\`
export const list = graphql\`
  fragment List_query on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 50 }, cursor: { type: "String" })
  @refetchable(queryName: "ListPaginationQuery") {
    messages(first: $count, after: $cursor) @connection(key: "List_messages") { edges { node { id ...List_message } } }
  }
\`
export const message = graphql\`
  fragment List_message on Message @refetchable(queryName: "ListMessageQuery") { id text status }
\`
`

interface Artifacts {
  readonly query: ConcreteRequest
  readonly pagination: ConcreteRequest
  readonly list: ReaderFragment
  readonly message: ConcreteRequest
}

/** What Relay's compiler makes of the component. */
async function compile(): Promise<Artifacts> {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'src/List.js'), COMPONENT)
  const config = { src: './src', schema: SCHEMA, language: 'javascript', eagerEsModules: false }
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config))
  await promisify(execFile)(COMPILER, ['relay.config.json'], { cwd: folder })
  const require = createRequire(join(folder, 'src/List.js'))
  const artifact = (name: string): unknown => require(`./__generated__/${name}.graphql`)
  return {
    query: artifact('ListQuery') as ConcreteRequest,
    pagination: artifact('ListPaginationQuery') as ConcreteRequest,
    list: artifact('List_query') as ReaderFragment,
    message: artifact('ListMessageQuery') as ConcreteRequest,
  }
}

function createEnvironment(): Environment {
  const network = Network.create(async ({ text }, variables) => {
    const answer = await recordedFetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${SERVER_TOKEN}` },
      body: JSON.stringify({ query: text, variables }),
    })
    return (await answer.json()) as GraphQLResponse
  })
  return new Environment({ network, store: new Store(new RecordSource()) })
}

interface Connection {
  readonly edges: readonly { readonly node: { readonly id: string } }[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
}

/** The connection in Relay's store, with all pages that were read. */
function connectionIn(environment: Environment, { query, list }: Artifacts): Connection {
  const whole = environment.lookup(createOperationDescriptor(query, {}).fragment)
  const selector = getSingularSelector(list, whole.data)
  if (selector === null || selector === undefined) throw new Error('The list was not read.')
  return (environment.lookup(selector).data as unknown as { messages: Connection }).messages
}

test('Relay compiles against the schema, reads all pages of a connection, and reads a message again by its id', async () => {
  const artifacts = await compile()
  const environment = createEnvironment()
  const read = (request: ConcreteRequest, variables: Variables): Promise<unknown> =>
    fetchQuery(environment, request, variables).toPromise()
  await read(artifacts.query, {})
  let connection = connectionIn(environment, artifacts)
  expect(connection.edges).toHaveLength(50)
  while (connection.pageInfo.hasNextPage) {
    await read(artifacts.pagination, { count: 50, cursor: connection.pageInfo.endCursor })
    connection = connectionIn(environment, artifacts)
  }
  const ids = connection.edges.map(({ node }) => node.id)
  expect([ids.length, new Set(ids).size]).toEqual([messageCount, messageCount])

  await read(artifacts.message, { id: ids[0] })
  expect(
    environment
      .getStore()
      .getSource()
      .get(ids[0] ?? ''),
  ).toMatchObject({ __typename: 'Message' })
})
