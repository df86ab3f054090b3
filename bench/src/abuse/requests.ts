import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { ATTACKER_TOKEN } from './attacked-server.ts'
import type { Attack } from './documents.ts'

/** How long an answer is waited for, in milliseconds. */
const PATIENCE_MS = 5000

const QUERY = '{"query":"{ __typename }"}'
const CHUNKED = `${QUERY.length.toString(16)}\r\n${QUERY}\r\n0\r\n\r\n`
const JSON_BODY = 'Content-Type: application/json\r\n'

interface RawRequest {
  readonly method?: string
  readonly path?: string
  /** Each with its end of line. */
  readonly headers?: string
  readonly body?: string | Buffer
}

/** Sends bytes over a connection. @returns the status of each answer, until the server closes it */
async function statuses(url: string, bytes: Buffer): Promise<readonly string[]> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (data) => (received += data.toString('latin1'))).on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(bytes)
  const closed = once(socket, 'close').catch(() => undefined)
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
  socket.destroy()
  return [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status = '']) => status)
}

function bytesOf({ method = 'POST', path = '/graphql', headers = '', body = '' }: RawRequest): Buffer {
  const head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ATTACKER_TOKEN}\r\n`
  return Buffer.concat([Buffer.from(`${head}Connection: close\r\n${headers}\r\n`), Buffer.from(body)])
}

function each(name: string, requests: readonly RawRequest[]): Attack {
  return {
    name,
    run: async (url) => {
      const seen = new Set<string>()
      for (const request of requests) {
        const found = await statuses(url, bytesOf(request))
        seen.add(found.at(-1) ?? 'closed')
      }
      return [...seen].toSorted().join(', ')
    },
  }
}

const paths = (list: readonly string[]): readonly RawRequest[] =>
  list.map((path) => ({ method: 'GET', path }))

const chunked = (coding: string, body: string = CHUNKED): RawRequest => ({
  headers: `${JSON_BODY}Transfer-Encoding: ${coding}\r\n`,
  body,
})

function zipped(path: string): RawRequest {
  const body = gzipSync(Buffer.alloc(200_000_000, 'a'))
  const headers = `${JSON_BODY}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n`
  return { path, headers, body }
}

/** What is done with requests themselves. */
export const REQUEST_ATTACKS: readonly Attack[] = [
  each(
    'paths that lead elsewhere',
    paths([
      '/..;/',
      '//graphql',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/graphql%2f',
      '/page/../../package.json',
      '/page/..%2f..%2fpackage.json',
      '/page/%00',
      '/page/%ff',
      '/page/__proto__',
      '/graphql/assets/%2e%2e/%2e%2e/package.json',
      '/messages.csv%00',
      '/messages.exe',
      '/graphql;a=b',
    ]),
  ),
  each(
    'unknown methods',
    ['PUT', 'DELETE', 'PATCH', 'TRACE', 'CONNECT', 'PROPFIND', 'NONE'].map((method) => ({ method })),
  ),
  each(
    'wrong transfer codings',
    ['chunked, chunked', 'identity', 'xchunked'].map((coding) => chunked(coding)),
  ),
  each('a chunk of 2^64 bytes, an extension and a trailer of 1 MB', [
    chunked('chunked', 'ffffffffffffffffff\r\na'),
    chunked('chunked', `1;${'a'.repeat(1_000_000)}\r\na\r\n0\r\n\r\n`),
    chunked('chunked', `${CHUNKED.slice(0, -2)}X: ${'a'.repeat(1_000_000)}\r\n\r\n`),
  ]),
  {
    name: 'what is no HTTP/1.1',
    run: async (url) => {
      const seen = new Set<string>()
      for (const text of [
        'hello\r\n\r\n',
        '\u0016\u0003\u0001\u0002\u0000',
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'GET / HTTP/1.1\r\n\r\n',
        'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
        'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n',
      ]) {
        const found = await statuses(url, Buffer.from(text, 'latin1'))
        seen.add(found.at(-1) ?? 'closed')
      }
      return [...seen].toSorted().join(', ')
    },
  },
  each('200 MB in a gzip of 200 kB', [zipped('/graphql'), zipped('/reconcile')]),
  each('1 GB that is announced and waits for its permission', [
    { headers: `${JSON_BODY}Expect: 100-continue\r\nContent-Length: 1000000000\r\n` },
  ]),
  each('a websocket', [
    {
      method: 'GET',
      headers:
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n',
    },
  ]),
  {
    name: '500 requests at once over one connection',
    run: async (url) => {
      const length = `Content-Length: ${QUERY.length}\r\n`
      const one = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ATTACKER_TOKEN}\r\n${JSON_BODY}${length}`
      const all = `${`${one}\r\n${QUERY}`.repeat(499)}${one}Connection: close\r\n\r\n${QUERY}`
      const found = await statuses(url, Buffer.from(all))
      return `${found.filter((status) => status === '200').length} answered`
    },
  },
]
