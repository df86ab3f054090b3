import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { startHarness } from './support/harness.js'
import { messages } from './support/message.js'

/** A provider that never answers: its calls end when they are aborted. */
function hanging(): {
  provider: ReturnType<typeof arrayProvider>
  asked: Promise<void>
  aborted: Promise<unknown>
} {
  const asked = Promise.withResolvers<void>()
  const aborted = Promise.withResolvers<unknown>()
  const before = (signal: AbortSignal | undefined): Promise<void> => {
    asked.resolve()
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => {
        aborted.resolve(signal.reason)
        reject(signal.reason as Error)
      })
    })
  }
  return {
    provider: arrayProvider({ messages: messages(3), before }),
    asked: asked.promise,
    aborted: aborted.promise,
  }
}

test('a client that goes away stops what goes on upstream for it', async () => {
  const { provider, asked, aborted } = hanging()
  const { get, log } = await startHarness({ sources: [sourceOf('a', provider)] })
  const client = new AbortController()
  const answer = get('/graphql?query={messages{totalCount}}', { signal: client.signal })
  await asked
  client.abort()
  await expect(answer).rejects.toThrow(/aborted/)
  expect(await aborted).toMatchObject({ name: 'AbortError' })
  await expect.poll(() => log.map(({ level, status }) => [level, status])).toEqual([['info', 499]])
})

test('closing lets what is under way finish, takes nothing new, and then frees the port', async () => {
  const entered = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const before = (): Promise<void> => {
    entered.resolve()
    return gate.promise
  }
  const provider = arrayProvider({ messages: messages(3), before })
  const { ask, close, get } = await startHarness({ sources: [sourceOf('a', provider)] })
  await get('/healthz')
  const answer = ask('{ messages { nodes { upstreamId } } }')
  await entered.promise
  const closed = close()
  // A connection that is kept may bring one more request before it is closed: that one is answered.
  await expect
    .poll(() =>
      get('/healthz').then(
        ({ headers }) => headers.get('connection'),
        () => 'refused',
      ),
    )
    .toBe('refused')
  gate.resolve()
  expect((await answer).data).toMatchObject({ messages: { nodes: [{}, {}, {}] } })
  expect((await answer).headers.get('connection')).toBe('close')
  await closed
})

test('closing twice is closing', async () => {
  const { close } = await startHarness()
  await Promise.all([close(), close()])
  await expect(close()).resolves.toBeUndefined()
})

test('a client that goes away in the middle of its request is no trouble', async () => {
  const { log, url } = await startHarness()
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  const head =
    'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n'
  await new Promise<void>((resolve) => socket.write(`${head}{"query":`, () => resolve()))
  socket.destroy()
  await expect.poll(() => log).toMatchObject([{ level: 'info', status: 499 }])
})
