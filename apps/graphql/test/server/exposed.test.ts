import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { loadConfiguration } from '@waybill/runtime'
import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { startHarness } from './support/harness.js'
import { messages } from './support/message.js'
import { SERVER_TOKEN } from './support/secrets.js'

const PAGE = new URL('../../../../docs/operations.md', import.meta.url)
const SOURCE = {
  id: 'octo',
  provider: '@waybill/provider-octopods',
  options: { apiKey: 'key', baseUrl: 'http://127.0.0.1:1/api/v1' },
}

test('the example of an exposed server starts, and bounds what one caller may do in a minute', async () => {
  const [, json = ''] = /```json\n(\{\s*"server":[\s\S]*?)```/.exec(await readFile(PAGE, 'utf8')) ?? []
  const value = { ...(JSON.parse(json) as object), sources: [SOURCE] }
  const load = (environment: Readonly<Record<string, string>>): ReturnType<typeof loadConfiguration> =>
    loadConfiguration({ origin: { folder: import.meta.dirname, value }, environment })
  const key = { WAYBILL_CURSOR_KEY: 'a key for the cursors' }
  await expect(load(key)).rejects.toThrow(
    /tokens\[0\]\.sha256: expected the environment variable NIGHT_REPORT_SHA256[^]*tokens\[1\]\.sha256: expected the environment variable PROMETHEUS_SHA256/,
  )
  const { configuration } = await load({
    ...key,
    NIGHT_REPORT_SHA256: createHash('sha256').update(SERVER_TOKEN).digest('hex'),
    PROMETHEUS_SHA256: 'b'.repeat(64),
  })
  const { auth, graphql, limits } = configuration.server
  const { ask, get } = await startHarness({
    auth,
    graphql,
    limits,
    sources: [sourceOf('octo', arrayProvider({ messages: messages(3) }))],
  })
  const headers = { authorization: `Bearer ${SERVER_TOKEN}` }
  const query = '{ messages(first: 2) { nodes { id } } }'
  expect((await ask(query)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }])
  const answer = await ask(query, {}, headers)
  expect(JSON.parse(answer.text)).toMatchObject({ extensions: { cost: { points: 4, remaining: 1_999_996 } } })
  expect((await ask('{ __schema { types { name } } }', {}, headers)).data ?? null).toBeNull()
  expect((await get('/metrics', { headers })).status).toBe(403)

  const send = async (): Promise<number> => (await get('/graphql?query={__typename}', { headers })).status
  const statuses = await Promise.all(Array.from({ length: 100 }, send))
  for (let sent = 102; sent < 600; sent += 100)
    statuses.push(...(await Promise.all(Array.from({ length: 100 }, send))))
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(590)
  expect(await get('/graphql?query={__typename}', { headers })).toMatchObject({ status: 429 })
})
