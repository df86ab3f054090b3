import { once } from 'node:events'
import { Agent, createServer, type IncomingMessage, request, type RequestListener } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { generateWacrRows, startWacrEmulator, type WacrEmulator } from '@waybill/emulators'
import { expect, onTestFinished, test } from 'vitest'
import { configuredFolder } from '../main/configured-folder.js'
import { readyUrl, spawnWaybill, type WaybillProcess } from '../main/waybill-process.js'

/** How long clients keep a server busy, in seconds. */
const LOAD_SECONDS = Number(process.env['WAYBILL_LOAD_SECONDS'] ?? 10)
const CLIENTS = 64

async function startLive(
  rows: number,
  limits: object,
  node: readonly [string, ...string[]] = [process.execPath],
  env: Readonly<Record<string, string>> = {},
): Promise<{ waybill: WaybillProcess; url: URL; wacr: WacrEmulator }> {
  const wacr = await startWacrEmulator({
    token: 'wacr-s3cret',
    rows: generateWacrRows({ count: rows, seed: 1 }),
  })
  onTestFinished(() => wacr.close())
  const cwd = await configuredFolder({
    server: { port: 0, limits },
    sources: [
      {
        id: 'shop',
        provider: '@waybill/provider-wacr',
        options: { token: 'wacr-s3cret', baseUrl: wacr.url },
      },
    ],
  })
  const waybill = spawnWaybill({ cwd, node, env: { PATH: process.env['PATH'] ?? '', ...env } })
  return { waybill, wacr, url: new URL(await readyUrl(waybill)) }
}

/** Posts a query; resolves with the status, or null where the server did not take it. */
async function post(url: URL, agent: Agent): Promise<number | null> {
  const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } })
  sent.end(JSON.stringify({ query: '{ messages(first: 50) { nodes { id status text } } }' }))
  try {
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    const body = JSON.parse(await text(response)) as object
    expect(body).not.toHaveProperty('errors')
    return response.statusCode ?? 0
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // A connection may be closed just when a request goes out (RFC 9112, section 9.6): the server never read it.
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return null
    throw error
  }
}

test('SIGTERM while 64 clients query: every request that was accepted is answered, and the exit code is 0', async () => {
  const { waybill, url } = await startLive(500, {
    maxOperationsPerCaller: 200,
    requestsPerMinute: 1_000_000,
    maxConnectionsPerAddress: 500,
    drainSeconds: 1,
  })
  const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
  onTestFinished(() => agent.destroy())
  let answered = 0
  let clientsLeft = 0
  const client = async (): Promise<void> => {
    for (;;) {
      const status = await post(url, agent)
      if (status === null) {
        clientsLeft += 1
        return
      }
      expect(status).toBe(200)
      answered += 1
    }
  }
  const clients = Array.from({ length: CLIENTS }, client)
  await wait(LOAD_SECONDS * 1000)
  const before = answered
  expect(clientsLeft).toBe(0)
  waybill.signal('SIGTERM')
  await Promise.all(clients)
  expect(await waybill.exited).toBe(0)
  expect(before).toBeGreaterThan(CLIENTS)
  expect(answered).toBeGreaterThan(before)
  const queries = waybill.output.stderr.split('\n').filter((line) => line.includes('"route":"/graphql"'))
  expect(queries.filter((line) => !line.includes('"status":200'))).toEqual([])
  expect(queries).toHaveLength(answered)
})

test('a server without file descriptors for more connections goes on, and accepts again when some are closed', async () => {
  const limited = ['sh', '-c', 'ulimit -n 90 && exec "$0" "$@"', process.execPath] as const
  const { waybill, url } = await startLive(10, { maxConnectionsPerAddress: 500, maxConnections: 500 }, [
    ...limited,
  ])
  const sockets: Socket[] = []
  for (let index = 0; index < 120; index += 1) {
    const socket = connect(Number(url.port), url.hostname)
    socket.on('error', () => undefined)
    sockets.push(socket)
  }
  await wait(1000)
  for (const socket of sockets) socket.destroy()
  const agent = new Agent({ keepAlive: false })
  await expect.poll(() => post(url, agent).catch(() => null)).toBe(200)
  waybill.signal('SIGTERM')
  expect(await waybill.exited).toBe(0)
})

test('a client that stops reading a download costs a few pages, and nothing once it is gone', async () => {
  const { waybill, url, wacr } = await startLive(30_000, {})
  const socket = connect(Number(url.port), url.hostname)
  await once(socket, 'connect')
  socket.pause()
  socket.write(`GET /messages.ndjson HTTP/1.1\r\nHost: ${url.host}\r\n\r\n`)
  await expect.poll(() => wacr.log.length).toBeGreaterThan(3)
  await expect
    .poll(
      async () => {
        const before = wacr.log.length
        await wait(1000)
        return wacr.log.length - before
      },
      { timeout: 60_000 },
    )
    .toBe(0)
  expect(wacr.log.length).toBeLessThan(250)
  const agent = new Agent({ keepAlive: false })
  expect(await post(url, agent)).toBe(200)
  socket.destroy()
  await waybill.seen('stderr', /"route":"\/messages\.ndjson","status":499/)
  const after = wacr.log.length
  await wait(1000)
  expect(wacr.log.length - after).toBeLessThanOrEqual(4)
})

test.each([
  ['refuses connections', async () => 'http://127.0.0.1:9'],
  ['never answers', async () => (await startServer(() => undefined)).href],
])(
  'a collector of traces that %s costs nobody an answer, and the server stops all the same',
  async (_, start) => {
    const { waybill, url } = await startLive(10, {}, [process.execPath], {
      OTEL_EXPORTER_OTLP_ENDPOINT: await start(),
    })
    const agent = new Agent({ keepAlive: false })
    expect(await post(url, agent)).toBe(200)
    const stopped = performance.now()
    waybill.signal('SIGTERM')
    expect(await waybill.exited).toBe(0)
    expect(performance.now() - stopped).toBeLessThan(15_000)
  },
)

async function startServer(listener: RequestListener): Promise<URL> {
  const server = createServer(listener)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
}
