import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { EVERYBODY } from '../../src/access/caller.js'
import type { Exchange } from '../../src/server/exchange.js'
import { type ArrayProvider, arrayProvider, sourceOf } from './support/array-provider.js'
import { message } from './support/message.js'
import { type AskQuickly, quickly } from './support/quick-server.js'

const QUERY = '{ messages(first: 2) { nodes { upstreamId text to } } }'

/** A source that answers when it is let, and a server that reads it. */
async function gated(given: { readonly limits?: object; readonly failure?: Error } = {}): Promise<{
  readonly ask: AskQuickly
  readonly provider: ArrayProvider
  readonly open: () => void
  readonly aborted: () => boolean
}> {
  const gate = Promise.withResolvers<void>()
  let signal: AbortSignal | undefined
  let isWarm = false
  const before = async (client: AbortSignal | undefined): Promise<void> => {
    if (!isWarm) return
    signal = client
    await gate.promise
    if (given.failure !== undefined) throw given.failure
  }
  const provider = arrayProvider({ messages: [message(1), message(2), message(3)], before })
  const ask = quickly({ sources: [sourceOf('octo', provider)], archive: null }, given.limits)
  await ask({ query: QUERY })
  isWarm = true
  return { ask, provider, open: gate.resolve, aborted: () => signal?.aborted === true }
}

/** What a request is observed by. */
function requester(signal?: AbortSignal): Partial<Exchange> {
  return { callerKey: 'one', signal: signal ?? new AbortController().signal }
}

test('equal requests that arrive together are one operation, and each is charged and counted', async () => {
  const { ask, provider, open } = await gated({ limits: { costPerMinute: 1000 } })
  const read = provider.requests.length
  const clients = [requester(), requester(), requester()]
  const asked = clients.map((each) => ask({ query: QUERY }, each))
  await setImmediate()
  open()
  const answers = (await Promise.all(asked)).map(({ text }) => JSON.parse(text ?? 'null') as object)
  expect(provider.requests).toHaveLength(read + 1)
  const nodes = [1, 2].map((id) => ({ upstreamId: String(id), text: `text ${id}`, to: '+14155552671' }))
  const left = answers.map(
    (answer) => (answer as { extensions: { cost: { remaining: number } } }).extensions.cost.remaining,
  )
  expect(answers).toMatchObject([0, 1, 2].map(() => ({ data: { messages: { nodes } } })))
  const points = clients[0]?.operation?.cost ?? 0
  expect(left).toEqual([1000 - 3 * points, 1000 - 3 * points, 1000 - 3 * points])
  expect(clients.map(({ operation }) => operation?.cost)).toEqual([points, points, points])
  expect(clients.map(({ upstream }) => upstream?.spent)).toEqual([1, 0, 0])
})

test('a request that arrives when an equal one has begun to read does not get what that one has read', async () => {
  let gate = Promise.resolve()
  const slow = arrayProvider({ messages: [message(1)], before: () => gate })
  const fast = arrayProvider({ messages: [message(2)] })
  const ask = quickly({ sources: [sourceOf('fast', fast), sourceOf('slow', slow)], archive: null })
  const { promise, resolve: open } = Promise.withResolvers<void>()
  gate = promise
  const first = ask({ query: QUERY }, requester())
  await setImmediate()
  await setImmediate()
  expect(fast.requests).toHaveLength(1)
  const second = ask({ query: QUERY }, requester())
  await setImmediate()
  expect(fast.requests).toHaveLength(2)
  open()
  await Promise.all([first, second])
})

test('callers who may see different things do not share', async () => {
  const { ask, open } = await gated()
  const auditor = { ...EVERYBODY, name: 'auditor', scopes: new Set(['messages:read'] as const) }
  const asked = [
    ask({ query: QUERY }, requester()),
    ask({ query: QUERY }, { ...requester(), caller: auditor }),
    ask({ query: QUERY }, requester()),
  ]
  await setImmediate()
  open()
  const texts = (await Promise.all(asked)).map(({ text }) => text)
  expect(texts.map((text) => text?.includes('text 1'))).toEqual([true, false, true])
  expect(texts.map((text) => text?.includes('…2671'))).toEqual([false, true, false])
})

test('one who goes away does not end what others wait for, and the last one does', async () => {
  const { ask, open, aborted } = await gated()
  const [first, second] = [new AbortController(), new AbortController()]
  const asked = [
    ask({ query: QUERY }, requester(first.signal)),
    ask({ query: QUERY }, requester(second.signal)),
  ]
  await setImmediate()
  first.abort()
  await setImmediate()
  expect(aborted()).toBe(false)
  second.abort()
  await setImmediate()
  expect(aborted()).toBe(true)
  open()
  expect((await Promise.all(asked)).map(({ text }) => text)).toEqual([null, null])
})

test('what fails is left to Yoga for each by itself', async () => {
  const { ask, open } = await gated({ failure: new Error('out of order') })
  const asked = [ask({ query: QUERY }, requester()), ask({ query: QUERY }, requester())]
  await setImmediate()
  open()
  const [first, second] = await Promise.all(asked)
  expect([first?.text, second?.text]).toEqual([null, null])
  expect(first?.begun?.pages?.has('messages')).toBe(true)
  expect(second?.begun).toBeTruthy()
  expect(second?.begun?.pages).toBeUndefined()
})

test('a request that a caller may not afford is left to Yoga, also where it could share', async () => {
  const { ask, open } = await gated({ limits: { costPerMinute: 30 } })
  const asked = [0, 1, 2, 3].map(() => ask({ query: QUERY }, requester()))
  await setImmediate()
  open()
  const texts = (await Promise.all(asked)).map(({ text }) => text !== null)
  expect(texts).toEqual([true, true, true, false])
})
