import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { schema } from '../../src/schema/schema.js'
import { readPersistedDocuments } from '../../src/services/persisted-documents.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type Harness, readGraphQL, startHarness, type GraphQLAnswer } from './support/harness.js'
import { messages } from './support/message.js'

const QUERY = 'query Ids($first: Int) { messages(first: $first) { nodes { upstreamId } } }'
const HASH = createHash('sha256').update(QUERY).digest('hex')
const DOCUMENTS = new Map([[HASH, QUERY]])

type Send = (body: Record<string, unknown>) => Promise<GraphQLAnswer>

async function start(documents: 'off' | 'prefer' | 'only'): Promise<Harness & { send: Send }> {
  const harness = await startHarness({
    sources: [sourceOf('a', arrayProvider({ messages: messages(3) }))],
    graphql: { documents },
    documents: DOCUMENTS,
  })
  const send: Send = async (body) =>
    readGraphQL(
      await harness.get('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  return { ...harness, send }
}

const automatic = (sha256Hash: string): object => ({ persistedQuery: { version: 1, sha256Hash } })
const IDS = { messages: { nodes: [{ upstreamId: '1' }] } }

describe.each(['prefer', 'only'] as const)('with persisted documents (%s)', (mode) => {
  test.each([
    ['documentId', { documentId: HASH }],
    ['the hash of an automatic persisted query', { extensions: automatic(HASH) }],
  ])('one is run by %s, with variables', async (_, id) => {
    const { send } = await start(mode)
    expect((await send({ ...id, variables: { first: 1 } })).data).toEqual(IDS)
  })

  test('an unknown id is answered as the protocol of automatic persisted queries says', async () => {
    const { send } = await start(mode)
    const { errors, status } = await send({ extensions: automatic('0'.repeat(64)) })
    expect(errors).toEqual([
      { message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } },
    ])
    expect(status).toBe(200)
  })

  test('an id that every object has names nothing', async () => {
    const { send } = await start(mode)
    for (const documentId of ['__proto__', 'constructor', 'toString'])
      expect((await send({ documentId })).errors[0]?.message).toBe('PersistedQueryNotFound')
  })

  test('the limits hold for them', async () => {
    const { send } = await start(mode)
    const { errors } = await send({ documentId: HASH, variables: { first: 501 } })
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT')
  })
})

test('another document is run where they are preferred, and refused where they are the only ones', async () => {
  const preferring = await start('prefer')
  expect((await preferring.send({ query: QUERY, variables: { first: 1 } })).data).toEqual(IDS)
  const strict = await start('only')
  for (const body of [
    { query: QUERY },
    { query: '{ __schema { types { name } } }' },
    { query: QUERY, extensions: automatic(HASH) },
  ]) {
    const { errors, data } = await strict.send(body)
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN')
    expect(data).toBeUndefined()
  }
})

test('without them, the error asks clients to send whole documents', async () => {
  const { send } = await start('off')
  for (const body of [{ documentId: HASH }, { extensions: automatic(HASH) }])
    expect((await send(body)).errors[0]?.message).toBe('PersistedQueryNotSupported')
})

describe('the file of persisted documents', () => {
  async function read(text: string): Promise<ReadonlyMap<string, string>> {
    const folder = await mkdtemp(join(tmpdir(), 'waybill-documents-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    await writeFile(join(folder, 'documents.json'), text)
    return readPersistedDocuments({ documentsFile: 'documents.json' }, folder, schema)
  }

  test('has the text of each under its id', async () => {
    expect(await read(JSON.stringify({ [HASH]: QUERY }))).toEqual(new Map([[HASH, QUERY]]))
  })

  test.each([
    [
      'no JSON',
      'server.graphql.documentsFile: expected a JSON file that can be read, found a file that is not JSON',
    ],
    ['[]', 'server.graphql.documentsFile: expected a file with an object'],
    ['{ "a": 7 }', 'server.graphql.documentsFile.a: expected the text of a document, found another value'],
    ['{ "a": "{" }', 'server.graphql.documentsFile.a: expected a document, found Syntax Error'],
    [
      '{ "a": "{ nothing }" }',
      'server.graphql.documentsFile.a: expected a document that fits the schema, found Cannot query field "nothing"',
    ],
  ])('%s is refused', async (text, expected) => {
    await expect(read(text)).rejects.toThrow(expected)
  })

  test('that is not there is refused', async () => {
    await expect(readPersistedDocuments({ documentsFile: 'none.json' }, tmpdir(), schema)).rejects.toThrow(
      'server.graphql.documentsFile: expected a JSON file that can be read, found ENOENT',
    )
  })
})
