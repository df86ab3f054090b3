import { expect, test } from 'vitest'
import { createAdmission } from '../../src/server/limits/admission.js'
import { createLongWork } from '../../src/server/limits/long-work.js'
import { fillLimits } from '@waybill/runtime'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { bearerAuth, type Harness, type HarnessOptions, startHarness } from './support/harness.js'
import { messages } from './support/message.js'
import { OTHER_SERVER_TOKEN, SERVER_TOKEN } from './support/secrets.js'

const MINE = { authorization: `Bearer ${SERVER_TOKEN}` }
const OTHERS = { authorization: `Bearer ${OTHER_SERVER_TOKEN}` }
const LOG = { method: 'POST', body: 'id,at\n1,2026-10-05T00:00:00Z\n' }

function start(limits: HarnessOptions['limits']): Promise<Harness> {
  return startHarness({
    auth: bearerAuth(SERVER_TOKEN, OTHER_SERVER_TOKEN),
    sources: [sourceOf('a', arrayProvider({ messages: messages(300) }))],
    limits,
  })
}

test.each([
  ['requestsPerMinute', 1, '/messages.csv', {}],
  ['requestsPerMinute', 1, '/reconcile', LOG],
  ['costPerMinute', 300, '/messages.ndjson', {}],
  ['costPerMinute', 300, '/reconcile', LOG],
  ['upstreamRequestsPerMinute', 3, '/messages.csv', {}],
])('%s %i holds for %s, and for each caller alone', async (limit, most, path, init) => {
  const { get } = await start({ [limit]: most })
  expect((await get('/messages.csv?fields=upstreamId', { headers: MINE })).status).toBe(200)
  const refused = await get(path, { ...init, headers: MINE })
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50)
  expect(JSON.parse(refused.text)).toMatchObject({
    errors: [
      {
        message: expect.stringContaining(`server.limits.${limit}`) as string,
        extensions: { code: 'RATE_LIMITED' },
      },
    ],
  })
  const other = await get('/messages.csv?fields=upstreamId', { headers: OTHERS })
  expect(other.status).toBe(200)
})

test('what a download and a log cost is charged to their caller, and what they requested upstream is logged', async () => {
  const { ask, get, log } = await start({ costPerMinute: 10_000, upstreamRequestsPerMinute: 1000 })
  const left = async (): Promise<unknown> => {
    const { text } = await ask('{ __typename }', {}, MINE)
    return (JSON.parse(text) as { extensions: { cost: { remaining: number } } }).extensions.cost.remaining
  }
  expect(await left()).toBe(9999)
  await get('/messages.csv?fields=upstreamId,status', { headers: MINE })
  expect(await left()).toBe(9998 - 300 * 2)
  await get('/reconcile?live', { ...LOG, headers: MINE })
  expect(Number(await left())).toBeLessThan(9998 - 300 * 2 - 1)
  const upstreamRequests = (route: string): unknown =>
    log.find((line) => line['route'] === route)?.['upstreamRequests']
  expect(upstreamRequests('/messages.csv')).toBe(3)
  expect(upstreamRequests('/reconcile')).toBeGreaterThan(0)
})

test('one log more than a caller may send at once is refused, and others may send theirs', async () => {
  const { url, get } = await start({ maxLogsPerCaller: 1 })
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new TextEncoder().encode(LOG.body)),
    pull: async (controller) => {
      begun.resolve()
      await end.promise
      controller.close()
    },
  })
  const sending: RequestInit & { readonly duplex: 'half' } = { ...LOG, headers: MINE, body, duplex: 'half' }
  const first = fetch(`${url}/reconcile`, sending)
  await begun.promise
  const isRefused = async (): Promise<boolean> =>
    (await get('/reconcile', { ...LOG, headers: MINE })).text.includes('server.limits.maxLogsPerCaller')
  await expect.poll(isRefused).toBe(true)
  expect((await get('/reconcile', { ...LOG, headers: OTHERS })).status).toBe(200)
  end.resolve()
  expect((await first).status).toBe(200)
})

test('work waits for the next minute where nothing is left, until it is ended', async () => {
  const admission = createAdmission(fillLimits({ upstreamRequestsPerMinute: 1 }))
  const ending = new AbortController()
  const work = createLongWork({ admission, caller: 'one', signal: ending.signal })
  const steps: string[] = []
  const step = (name: string, isLive: boolean): Promise<unknown> =>
    work.step(async () => steps.push(name), { isLive })
  await step('first', true)
  work.allowance.spend()
  await step('from an archive', false)
  const waiting = step('live', true)
  ending.abort(new Error('The client went away'))
  await expect(waiting).rejects.toThrow('aborted')
  expect(steps).toEqual(['first', 'from an archive'])
})

test('of the steps of many works of one caller, two are done at a time, and those of others do not wait', async () => {
  const admission = createAdmission(fillLimits())
  const { signal } = new AbortController()
  const open = Promise.withResolvers<void>()
  const begun: string[] = []
  const step = (caller: string): Promise<void> =>
    createLongWork({ admission, caller, signal }).step(
      async () => {
        begun.push(caller)
        await open.promise
      },
      { isLive: false },
    )
  const steps = ['one', 'one', 'one', 'other'].map(step)
  await expect.poll(() => begun.length).toBeGreaterThanOrEqual(3)
  expect(begun).toEqual(['one', 'one', 'other'])
  open.resolve()
  await Promise.all(steps)
  expect(begun).toHaveLength(4)
})

test('between the steps of many works, the server turns to what else has arrived', async () => {
  const admission = createAdmission(fillLimits())
  const { signal } = new AbortController()
  const rounds = [0]
  const turn = (): void => {
    rounds.push(0)
    next = setImmediate(turn)
  }
  let next = setImmediate(turn)
  const step = (): Promise<void> =>
    createLongWork({ admission, caller: 'one', signal }).step(
      async () => {
        rounds[rounds.length - 1] = (rounds.at(-1) ?? 0) + 1
      },
      { isLive: false },
    )
  await Promise.all(Array.from({ length: 40 }, step))
  clearImmediate(next)
  expect(rounds.reduce((sum, steps) => sum + steps, 0)).toBe(40)
  expect(Math.max(...rounds)).toBeLessThanOrEqual(2)
})
