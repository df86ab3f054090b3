import { parseExactJson } from '@waybill/core'
import { plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

/** As an upstream may write it; JavaScript would write every number of it in other digits. */
const JSON_TEXT = '{"media_id":12345678901234567890,"large":1e400,"price":1.10,"zero":-0,"text":"Ваш код"}'
const CONVERSATION = '9223372036854775807'

const rows = [
  plainWacrRow(1, {
    message: 'Ваш код',
    extra: { more: parseExactJson(JSON_TEXT), interaction_id: parseExactJson(CONVERSATION) },
  }),
  // The same conversation to one who rounds.
  plainWacrRow(2, { extra: { interaction_id: parseExactJson('9223372036854775806') } }),
]
const wacr = { rows, contentType: 'application/json; charset=ISO-8859-1' }

const LIST = '{ messages(sort: { direction: ASC }) { nodes { upstreamId interactionId text raw } } }'
const QUERY = `query ($id: ID!) {
  messages(filter: { interactionId: { eq: $id } }) { nodes { upstreamId } }
}`

describe.each([{ engine: 'no archive', createPlace: null }, ...PLACES])('with $engine', ({ createPlace }) => {
  test('an answer has every value as the upstream sent it', async () => {
    const archive = createPlace === null ? undefined : await emptyArchive(createPlace)
    const server = await serve(await startUpstreams({ wacr }), { archive })
    await expect
      .poll(async () => (await server.ask(LIST)).data, PATIENCE)
      .toMatchObject({
        messages: {
          nodes: [
            { upstreamId: '1', interactionId: CONVERSATION, text: 'Ваш код' },
            { upstreamId: '2', interactionId: '9223372036854775806' },
          ],
        },
      })
    const { text } = await server.ask(LIST)
    expect(text).toContain(JSON_TEXT)
    expect(text).toContain(`"interaction_id":${CONVERSATION}`)
  })
})

describe.each(PLACES)('with $engine', ({ createPlace }) => {
  test('an id of 19 digits is asked for digit for digit, as a variable and in the query', async () => {
    const server = await serve(await startUpstreams({ wacr }), { archive: await emptyArchive(createPlace) })
    const found = { messages: { nodes: [{ upstreamId: '1' }] } }
    await expect
      .poll(async () => (await server.ask(QUERY, { id: CONVERSATION })).data, PATIENCE)
      .toEqual(found)
    const written = QUERY.replace('query ($id: ID!)', '').replace('$id', CONVERSATION)
    expect((await server.ask(written)).data).toEqual(found)
  })
})

test.each([
  ['{"id":9223372036854775807}', '$id'],
  ['{"id":9007199254740993}', '$id'],
  ['{"id":-9007199254740993}', '$id'],
  ['{"id":"7","more":{"list":["7",1e20]}}', '$more.list.1'],
])('variables %s are refused, for the digits of a number are lost', async (variables, name) => {
  const server = await serve(await startUpstreams({ wacr }), {})
  const body = `{"query":${JSON.stringify(QUERY)},"variables":${variables}}`
  const headers = { 'content-type': 'application/json' }
  for (const answer of [
    await server.get('/graphql', { method: 'POST', headers, body }),
    await server.get(`/graphql?${new URLSearchParams({ query: QUERY, variables }).toString()}`),
  ]) {
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toMatchObject({
      errors: [
        {
          message: `Variable "${name}" is an integer beyond 9007199254740991, and JSON numbers lose digits beyond it. Send it as text, in quotes.`,
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    })
  }
})
