import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { type HarnessOptions, startHarness } from './support/harness.js'

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

const PATIENCE = { timeout: 30_000 }
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
  ['headers', { headersSeconds: 0.1 }, 'GET /healthz HTTP/1.1\r\nHo'],
  ['body', { requestSeconds: 0.2 }, `${HEADERS}Content-Length: 100\r\n\r\n{"query":`],
  ['log', { requestSeconds: 0.2 }, `${LOG}Content-Length: 100\r\n\r\nid,at\n`],
])('a connection whose %s comes too slowly is closed', async (_, limits, text) => {
  const { closed, received } = await openConnections(limits, 1, text)
  await expect.poll(closed, PATIENCE).toBe(1)
  expect(received()).toMatch(/^HTTP\/1\.1 408 /)
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
