import { expect, test } from 'vitest'
import { preferredMediaType } from '../../src/server/media-type.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { startHarness } from './support/harness.js'

const NEWER = 'application/graphql-response+json'
const OLDER = 'application/json'

test.each([
  [undefined, OLDER],
  ['', OLDER],
  ['*/*', OLDER],
  ['text/plain', OLDER],
  [OLDER, OLDER],
  [NEWER, NEWER],
  [`${NEWER}; charset=utf-8`, NEWER],
  [`${NEWER}, ${OLDER}`, NEWER],
  [`${OLDER}, ${NEWER}`, NEWER],
  [`${NEWER};q=0.9, ${OLDER}`, OLDER],
  [`${OLDER};q=0.5, ${NEWER}; q=0.9`, NEWER],
  [`${NEWER};q=0`, OLDER],
  [`${NEWER}, text/event-stream, multipart/mixed`, NEWER],
])('to "%s" the answer is %s', (accept, expected) => {
  expect(preferredMediaType(accept)).toBe(expected)
})

test.each([
  ['a query that cannot be parsed', '{'],
  ['a query that is not valid', '{ nothing }'],
  ['a value of the wrong type', '{ messages(first: "x") { totalCount } }'],
])('%s is an error with status 200, or 400 under the newer media type', async (_, query) => {
  const { ask } = await startHarness()
  expect((await ask(query, {}, { accept: OLDER })).status).toBe(200)
  const answer = await ask(query, {}, { accept: NEWER })
  expect(answer.status).toBe(400)
  expect(answer.headers.get('content-type')).toBe(`${NEWER}; charset=utf-8`)
  expect(answer.errors).toHaveLength(1)
})

test('an error within a query that ran has status 200 under both', async () => {
  const { ask } = await startHarness({ sources: [sourceOf('a', arrayProvider())] })
  for (const accept of [OLDER, NEWER]) {
    const answer = await ask('{ messages(first: 0) { totalCount } }', {}, { accept })
    expect(answer.status).toBe(200)
    expect(answer.errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
  }
})
