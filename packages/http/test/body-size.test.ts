import { createGzip, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { connect, upstreamError } from './support/connect.js'
import { reply } from './support/handlers.js'
import { startServer, type Handler } from './support/start-server.js'

const limits = { maxBodyBytes: 1000 }

test('a body of exactly the limit is read', async () => {
  const server = await startServer(reply(200, JSON.stringify('x'.repeat(998))))
  expect(await connect(server, { limits }).getJson('messages')).toHaveLength(998)
})

/** Writes for as long as anybody listens. */
function endless(status: number): Handler {
  return (_request, response) => {
    response.writeHead(status)
    const write = (): void => {
      if (!response.destroyed) response.write('x'.repeat(10_000), () => setImmediate(write))
    }
    write()
  }
}

/** The same, compressed: a few bytes on the wire for a thousand times as many. */
const bomb: Handler = (_request, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' })
  const gzip = createGzip()
  gzip.pipe(response)
  response.on('close', () => gzip.destroy())
  const write = (): void => {
    if (!gzip.destroyed) gzip.write(Buffer.alloc(1_000_000), () => setImmediate(write))
  }
  write()
}

test.each<[string, Handler]>([
  ['one byte too many', reply(200, JSON.stringify('x'.repeat(999)))],
  ['too many, announced', reply(200, 'x'.repeat(100_000), { 'content-length': 100_000 })],
  ['a body without an end', endless(200)],
  ['a compressed body without an end', bomb],
  [
    'a small body that unpacks to a large one',
    reply(200, gzipSync('x'.repeat(1e6)), { 'content-encoding': 'gzip' }),
  ],
])('%s: the body is refused', async (_name, handler) => {
  const server = await startServer(handler)
  const error = await upstreamError(connect(server, { limits }).getJson('messages'))
  expect(error.code).toBe('UPSTREAM_INVALID_RESPONSE')
  expect(error.message).toContain('more than 1000 bytes (limits.maxBodyBytes)')
  expect(server.requests).toHaveLength(1)
})

test.each<[string, Handler]>([
  ['plain', endless(200)],
  ['compressed', bomb],
])('the connection of an endless %s body is closed', async (_name, handler) => {
  const server = await startServer(handler)
  await upstreamError(connect(server, { limits }).getJson('messages'))
  await server.allSocketsClosed()
  expect(server.sockets[0]?.destroyed).toBe(true)
})

test('of an endless error body only the beginning is read', async () => {
  const server = await startServer(endless(418))
  const error = await upstreamError(connect(server).getJson('messages'))
  expect(error).toMatchObject({ code: 'UPSTREAM_REJECTED', status: 418 })
  expect(error.message.length).toBeLessThan(400)
  await server.allSocketsClosed()
})
