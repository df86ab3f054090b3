import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { openAnswered } from './support/answered-connection.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { type Harness, type HarnessOptions, startHarness } from './support/harness.js'
import { message } from './support/message.js'

/** Opens connections to a server with these limits, and sends something over each. */
async function openConnections(
  limits: HarnessOptions['limits'],
  count: number,
  text: string,
): Promise<{ closed: () => number; received: () => string; healthy: () => Promise<number> }> {
  const { url, get } = await startHarness({ limits })
  const { hostname, port } = new URL(url)
  let closed = 0
  let received = ''
  const sockets: Socket[] = []
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
  })
  for (let index = 0; index < count; index += 1) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined).on('close', () => (closed += 1))
    socket.on('data', (data) => (received += String(data)))
    sockets.push(socket)
    await once(socket, 'connect')
    socket.write(text)
  }
  return {
    closed: () => closed,
    received: () => received,
    healthy: async () => (await get('/healthz')).status,
  }
}

const PATIENCE = { timeout: 60_000 }
const HEADERS = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
const LOG = 'POST /reconcile HTTP/1.1\r\nHost: localhost\r\n'

test.each(['maxConnections', 'maxConnectionsPerAddress'])(
  'idle connections beyond %s give way, and nobody is kept out by them',
  async (limit) => {
    const { closed, healthy } = await openConnections({ [limit]: 10 }, 200, '')
    expect(await healthy()).toBe(200)
    await expect.poll(closed, PATIENCE).toBeGreaterThanOrEqual(190)
  },
)

test.each([
  ['body', { requestSeconds: 0.2 }, `${HEADERS}Content-Length: 100\r\n\r\n{"query":`],
  ['log', { requestSeconds: 0.2 }, `${LOG}Content-Length: 100\r\n\r\nid,at\n`],
])('a connection over which a %s arrives too slowly is closed', async (_, limits, text) => {
  const { closed, received } = await openConnections(limits, 1, text)
  await expect.poll(closed, PATIENCE).toBe(1)
  expect(received()).toMatch(/^HTTP\/1\.1 408 /)
})

test('a connection over which headers come too slowly is closed', async () => {
  const { url } = await startHarness({ limits: { headersSeconds: 0.1 } })
  const { socket, received, closed } = await openAnswered(url)
  socket.write('GET /healthz HTTP/1.1\r\nHo')
  await closed
  expect(received()).toContain('HTTP/1.1 408 ')
})

test('a connection over which a refused log still arrives is closed after a while', async () => {
  const request = `${LOG.replace(' HTTP', '?windw=1 HTTP')}Content-Length: 100\r\n\r\nid,at\n`
  const { closed, received } = await openConnections({ requestSeconds: 0.2 }, 1, request)
  await expect.poll(closed, PATIENCE).toBe(1)
  expect(received()).toMatch(/^HTTP\/1\.1 400 [\s\S]*Did you mean window\?/)
})

test('a connection is kept longer than proxies keep theirs', async () => {
  const { get } = await startHarness()
  expect((await get('/healthz')).headers.get('keep-alive')).toBe('timeout=75')
})

/** More than the system keeps for a client that does not read. */
const LARGE = Array.from({ length: 200 }, (_, index) => message(index + 1, { text: 'a'.repeat(70_000) }))
const ALL = '{ messages(first: 200) { nodes { text } } }'

/** Asks for something large: the code of its error, or undefined. It is not kept for the leak check, which reads every letter. */
async function codeOf(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { errors } = (await answer.json()) as { errors?: { extensions: { code: string } }[] }
  return errors?.[0]?.extensions.code
}

/** A server with a large answer, and a client that asks for it and reads nothing of it. */
async function stalled(limits: HarnessOptions['limits'], query = ALL): Promise<Harness & { leave(): void }> {
  const server = await startHarness({ sources: [sourceOf('a', arrayProvider({ messages: LARGE }))], limits })
  // The first time, it is not answered the quick way.
  expect(await codeOf(server.url, query)).toBeUndefined()
  const { hostname, port } = new URL(server.url)
  const socket = connect(Number(port), hostname).on('error', () => undefined)
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  const body = JSON.stringify({ query })
  socket.write(`${HEADERS}Content-Length: ${body.length}\r\n\r\n${body}`)
  // The answer has begun.
  await once(socket, 'readable')
  return { ...server, leave: () => socket.destroy() }
}

test('a client who reads nothing of their answer gives their place back', async () => {
  const { log, ask } = await stalled({ keepAliveSeconds: 0.3, maxOperations: 1 })
  await expect.poll(() => log.map(({ status }) => status), PATIENCE).toEqual([200, 499])
  expect((await ask('{ __typename }')).errors).toEqual([])
})

test('a client who waits for their answer longer than idle connections are kept gets it', async () => {
  const slow = arrayProvider({ messages: LARGE.slice(0, 1), before: () => wait(400) })
  const { ask } = await startHarness({ sources: [sourceOf('a', slow)], limits: { keepAliveSeconds: 0.1 } })
  expect((await ask(ALL)).data).toHaveProperty('messages.nodes')
})

test.each([
  ['as a whole', ALL],
  ['in fields', `query ($is: Boolean = true) ${ALL.replace('text', 'text @include(if: $is)')}`],
])('answers that nobody reads do not fill the memory: %s', async (_, query) => {
  const { url, ask, leave } = await stalled({ maxHeldBytesPerCaller: 25_000_000 }, query)
  const again = (): Promise<unknown> => codeOf(url, query)
  await expect.poll(again, PATIENCE).toBe('QUERY_TOO_EXPENSIVE')
  expect((await ask(query)).errors[0]?.message).toMatch(/server\.limits\.maxHeldBytesPerCaller\)\. Read them/)
  expect((await ask('{ messages(first: 1) { nodes { text } } }')).errors).toEqual([])
  leave()
  await expect.poll(again, PATIENCE).toBeUndefined()
})
