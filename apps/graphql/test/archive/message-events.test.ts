import { plainWacrRow } from '@waybill/emulators'
import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams, type Upstreams } from './support/archived-server.js'
import { type Event, subscribe as subscribeTo, type Subscription } from './support/subscribe.js'
import { PATIENCE } from './support/wait.js'

const QUERY = `subscription ($filter: MessageFilter, $after: ID) {
  messageEvents(filter: $filter, after: $after) { id kind source { key } message { upstreamId status statusHistory { status } } range { from } }
}`

function subscribe(
  url: string,
  variables: Record<string, unknown> = {},
  headers?: Readonly<Record<string, string>>,
): Promise<Subscription> {
  return subscribeTo(url, { query: QUERY, variables, headers })
}

function summaryOf({ kind, message }: Event): string {
  return `${kind} ${message?.upstreamId} ${message?.status}`
}

/** A server whose archive has the first message of `shop` already. */
async function start(
  server: Readonly<Record<string, unknown>> = {},
): Promise<Upstreams & Pick<Harness, 'url' | 'close' | 'log'>> {
  const upstreams = await startUpstreams({ wacr: { rows: [plainWacrRow(1)] } })
  const archive = await emptyArchive(createSqlitePlace)
  const { url, ask, close, log } = await serve(upstreams, { archive, server })
  await expect
    .poll(async () => {
      const { data } = await ask('{ messages(filter: { source: { eq: "shop" } }) { totalCount } }')
      return (data as { messages: { totalCount: number } }).messages.totalCount
    }, PATIENCE)
    .toBe(1)
  return { ...upstreams, url, close, log }
}

test('who subscribes receives what is new, changed and deleted, and goes on where it ended', async () => {
  const { url, wacr } = await start()
  const first = await subscribe(url)
  expect(first.response.headers.get('content-type')).toBe('text/event-stream')
  wacr.table.insert(plainWacrRow(2))
  await expect.poll(() => first.events.length, PATIENCE).toBe(1)
  expect(first.events.map(summaryOf)).toEqual(['CREATED 2 SENT'])
  first.leave()

  wacr.table.insert(plainWacrRow(3))
  wacr.table.update(2, { status: 'read' })
  const after = first.events[0]?.id
  const second = await subscribe(url, { after })
  await expect.poll(() => second.events.length, PATIENCE).toBe(2)
  expect(second.events.map(summaryOf).toSorted()).toEqual(['CREATED 3 SENT', 'STATUS_CHANGED 2 READ'])
  second.leave()

  const filtered = await subscribe(url, { after, filter: { status: { eq: 'READ' } } })
  await expect.poll(() => filtered.events.length, PATIENCE).toBe(1)
  expect(filtered.events.map(summaryOf)).toEqual(['STATUS_CHANGED 2 READ'])
})

test('a client that takes JSON as well gets events for subscriptions alone', async () => {
  const { url } = await start()
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ query: '{ __typename }' }),
  })
  expect(answer.headers.get('content-type')).toMatch('application/json')
  expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } })
  const plain = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: QUERY }),
  })
  expect(plain.status).toBe(406)
})

test('an event that is larger than an answer may be ends the subscription, and says why', async () => {
  const { url, wacr } = await start({ limits: { maxAnswerBytes: 200 } })
  const { results, ended } = await subscribe(url)
  wacr.table.insert(plainWacrRow(2))
  await expect.poll(() => results.length, PATIENCE).toBeGreaterThan(0)
  wacr.table.insert(plainWacrRow(3, { message: 'x'.repeat(300) }))
  expect(results.at(-1)).not.toHaveProperty('errors')
  const large = await subscribeTo(url, {
    query: 'subscription { messageEvents { message { text } } }',
  })
  wacr.table.insert(plainWacrRow(4, { message: 'x'.repeat(300) }))
  await large.ended
  expect(large.results.at(-1)?.errors?.[0]?.extensions.code).toBe('QUERY_TOO_EXPENSIVE')
  void ended
})

test('subscriptions end when the server closes, so that clients go on with another one', async () => {
  const { url, close } = await start()
  const { ended } = await subscribe(url)
  await close()
  await expect(ended).resolves.toBeUndefined()
})

test.each([
  ['an invented place', { after: 'invented' }, 'INVALID_CURSOR'],
  ['a number that can be none', { filter: { to: { eq: '+49%' } } }, 'INVALID_FILTER'],
])('%s is refused', async (_, variables, code) => {
  const { url } = await start()
  const { results, ended } = await subscribe(url, variables, { accept: 'text/event-stream' })
  await expect(ended).resolves.toBeUndefined()
  expect(results[0]?.errors?.[0]?.extensions.code).toBe(code)
})

test('who leaves in the middle of an event is no error', async () => {
  const { url, wacr, log } = await start()
  const left: Subscription[] = []
  for (let index = 0; index < 8; index += 1)
    left.push(await subscribeTo(url, { query: QUERY, onEvent: () => left[index]?.leave() }))
  for (let id = 2; id < 40; id += 1) wacr.table.insert(plainWacrRow(id))
  await Promise.all(left.map(({ ended }) => ended))
  await expect.poll(() => log.filter(({ status }) => status === 499).length, PATIENCE).toBe(8)
  expect(log.filter(({ level }) => level === 'error')).toEqual([])
})
