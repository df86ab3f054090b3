import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { bearerAuth, type Harness, type HarnessOptions, startHarness } from './support/harness.js'
import { messages } from './support/message.js'
import { OTHER_SERVER_TOKEN, SERVER_TOKEN } from './support/secrets.js'

const LIST = '{ messages(first: 3) { nodes { text } } }'

function startLimited(limits: HarnessOptions['limits'], before?: () => Promise<void>): Promise<Harness> {
  const provider = arrayProvider({ messages: messages(3), before })
  return startHarness({ sources: [sourceOf('a', provider)], limits })
}

/** A provider's call that goes on until it is let go. */
function gate(): { before: () => Promise<void>; entered: Promise<void>; open: () => void } {
  const entered = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  const before = (): Promise<void> => {
    entered.resolve()
    return opened.promise
  }
  return { before, entered: entered.promise, open: () => opened.resolve() }
}

test('an answer that grows too large ends, and no data of it is sent', async () => {
  const { ask } = await startLimited({ maxAnswerBytes: 20 })
  const { data, errors } = await ask(LIST)
  expect(data ?? null).toBeNull()
  expect(errors).toMatchObject([
    {
      message:
        'The answer has more than 20 bytes (server.limits.maxAnswerBytes). Ask for fewer messages (`first`), or fewer fields.',
      extensions: { code: 'QUERY_TOO_EXPENSIVE' },
    },
  ])
})

test('an operation that takes too long ends, with what it does upstream', async () => {
  const aborted = Promise.withResolvers<unknown>()
  const provider = arrayProvider({
    messages: messages(3),
    before: (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => {
          aborted.resolve(signal.reason)
          reject(signal.reason as Error)
        })
      }),
  })
  const { ask } = await startHarness({
    sources: [sourceOf('a', provider)],
    limits: { operationSeconds: 0.05 },
  })
  const { errors } = await ask(LIST)
  expect(errors).toMatchObject([{ message: expect.stringMatching(/longer than 0\.05 seconds/) as string }])
  expect(errors[0]?.extensions.code).toBe('QUERY_TOO_EXPENSIVE')
  expect(await aborted.promise).toMatchObject({ code: 'QUERY_TOO_EXPENSIVE' })
})

test.each([
  ['maxOperations', 503],
  ['maxOperationsPerCaller', 429],
] as const)('one operation more than %s is refused with %i, and let in later', async (limit, status) => {
  const { before, entered, open } = gate()
  const { ask, get } = await startLimited({ [limit]: 1 }, before)
  const first = ask(LIST)
  await entered
  const second = await ask(LIST)
  expect(second.status).toBe(status)
  expect(second.headers.get('retry-after')).toBe('1')
  expect(second.errors).toMatchObject([
    {
      message: expect.stringContaining(`server.limits.${limit}`) as string,
      extensions: { code: 'RATE_LIMITED' },
    },
  ])
  expect((await get('/healthz')).status).toBe(200)
  open()
  expect((await first).errors).toEqual([])
  expect((await ask(LIST)).errors).toEqual([])
})

test('each caller has a number of requests a minute, and the refusal names the time to wait', async () => {
  const { ask } = await startHarness({
    auth: bearerAuth(SERVER_TOKEN, OTHER_SERVER_TOKEN),
    limits: { requestsPerMinute: 2 },
  })
  const askAs = (token: string): ReturnType<typeof ask> =>
    ask('{ __typename }', {}, { authorization: `Bearer ${token}` })
  expect([(await askAs(SERVER_TOKEN)).status, (await askAs(SERVER_TOKEN)).status]).toEqual([200, 200])
  const refused = await askAs(SERVER_TOKEN)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
  expect((await askAs(OTHER_SERVER_TOKEN)).status).toBe(200)
})

test('cost is spent by the minute, and every answer says what is left', async () => {
  const { ask } = await startLimited({ costPerMinute: 10 })
  const first = await ask(LIST)
  expect(JSON.parse(first.text)).toMatchObject({ extensions: { cost: { points: 5, remaining: 5 } } })
  await ask(LIST)
  const third = await ask(LIST)
  expect(third.status).toBe(429)
  expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(50)
  expect(third.errors[0]).toMatchObject({
    message: expect.stringMatching(/^The query costs 5, and 0 of 10 are left/) as string,
    extensions: { code: 'RATE_LIMITED', cost: { points: 5, limit: 100_000, remaining: 0 } },
  })
})

test('upstream requests are spent by the minute; then a list ends early, with a cursor to go on from', async () => {
  const { ask } = await startLimited({ upstreamRequestsPerMinute: 1 })
  const query = (text: string): string =>
    `{ messages(first: 3, search: "${text}") { pageInfo { hasNextPage } sources { completeness } } }`
  expect((await ask(query('a'))).data).toMatchObject({
    messages: { sources: [{ completeness: 'COMPLETE' }] },
  })
  expect((await ask(query('b'))).data).toEqual({
    messages: { pageInfo: { hasNextPage: true }, sources: [{ completeness: 'BUDGET_SPENT' }] },
  })
})

test('a client can only lower the bound on upstream requests', async () => {
  const { ask } = await startLimited({ maxUpstreamRequests: 2 })
  const query = (budget: number): string =>
    `{ messages(first: 3, maxUpstreamRequests: ${budget}) { nodes { detail { statusMessage } } } }`
  expect((await ask(query(50))).errors).toMatchObject([
    { extensions: { limit: 'maxUpstreamRequests', asked: 3, allowed: 2 } },
  ])
  expect((await ask(query(2))).data).toEqual({
    messages: { nodes: [{ detail: { statusMessage: 'status of 1' } }, { detail: null }, { detail: null }] },
  })
})
