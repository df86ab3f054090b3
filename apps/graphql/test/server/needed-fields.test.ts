import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { startHarness } from './support/harness.js'
import { messages } from './support/message.js'

/** The fields that a provider was asked for, without the two that the engine cannot do without. */
async function fieldsFor(query: string, variables: Record<string, unknown> = {}): Promise<string[] | null> {
  const provider = arrayProvider({ messages: messages(2) })
  const { ask } = await startHarness({ sources: [sourceOf('a', provider)] })
  expect((await ask(query, variables)).errors).toEqual([])
  const fields = provider.requests[0]?.fields
  return fields === null || fields === undefined
    ? null
    : [...fields].filter((field) => field !== 'upstreamId' && field !== 'sentAt').toSorted()
}

test.each([
  ['nodes', '{ messages { nodes { text } } }', ['text']],
  ['edges', '{ messages { edges { node { status } } } }', ['status']],
  ['both', '{ messages { nodes { text } edges { node { to } } } }', ['text', 'to']],
  ['aliases', '{ m: messages { n: nodes { t: text } e: edges { x: node { f: from } } } }', ['from', 'text']],
  [
    'the same field selected twice',
    '{ messages { nodes { text } } messages { nodes { to } } }',
    ['text', 'to'],
  ],
  [
    'inline fragments',
    '{ messages { ... { nodes { ... on Message { type } ... on Node { id } } } } }',
    ['type'],
  ],
  [
    'fragments',
    '{ ...Q } fragment Q on Query { messages { nodes { ...M } } } fragment M on Message { isRead failure { code } }',
    ['failure', 'isRead'],
  ],
  [
    'nothing of a message',
    '{ messages { pageInfo { hasNextPage } nodes { __typename source { key } statusHistory { status } textHistory { text } } } }',
    [],
  ],
  ['raw', '{ messages { nodes { raw } } }', ['raw']],
])('are found in %s', async (_, query, expected) => {
  expect(await fieldsFor(query)).toEqual(expected)
})

test('what is skipped or not included is not needed', async () => {
  const query = `query ($yes: Boolean!, $no: Boolean = false) { messages {
    nodes @include(if: $yes) { text @skip(if: $yes) to @include(if: $no) from @skip(if: $no) ...M @skip(if: true) }
    edges @skip(if: $yes) { node { status } }
  } } fragment M on Message { type }`
  expect(await fieldsFor(query, { yes: true })).toEqual(['from'])
})

test('what only a filter needs is fetched as well', async () => {
  const fields = await fieldsFor(
    '{ messages(filter: { status: { eq: SENT } }, search: "text") { nodes { id } } }',
  )
  expect(fields).toEqual(['status', 'text'])
})
