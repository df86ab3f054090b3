import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openAnswered } from './support/answered-connection.js'
import { arrayProvider, sourceOf } from './support/array-provider.js'
import { bearerAuth, type Harness, type HarnessOptions, startHarness } from './support/harness.js'
import { messages } from './support/message.js'
import { SERVER_TOKEN } from './support/secrets.js'
import { record } from './support/transcript.js'

interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Sends each part over one connection after the other, until the server closes it. */
async function exchange(url: string, parts: readonly string[]): Promise<readonly RawAnswer[]> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (data) => (received += String(data))).on('error', () => undefined)
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  for (const part of parts) {
    socket.write(part, 'latin1')
    await wait(20)
  }
  await closed
  record('raw', received)
  return received
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((text) => text !== '')
    .map((text) => {
      const [head = '', body = ''] = text.split('\r\n\r\n', 2)
      return { status: Number(head.slice(9, 12)), head, body }
    })
}

/** What is secret in a request that nobody could read: it stays out of answers and logs. */
const SECRET = '4915112345678'
const HOST = 'Host: localhost\r\n'
const POST = `POST /graphql HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`
const CHUNKED = `${POST}Transfer-Encoding: chunked\r\n\r\n`

const UNREADABLE: readonly (readonly [name: string, parts: readonly string[], status: number])[] = [
  ['no HTTP at all', [`${SECRET} ${SECRET}\r\n\r\n`], 400],
  ['the beginning of TLS', ['\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'], 400],
  ['another protocol', ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], 400],
  ['an unknown method', [`STEAL /${SECRET} HTTP/1.1\r\n${HOST}\r\n`], 400],
  ['an unknown version', [`GET /${SECRET} HTTP/9.9\r\n${HOST}\r\n`], 400],
  ['a space in the path', [`GET /a ${SECRET} HTTP/1.1\r\n${HOST}\r\n`], 400],
  ['a header without a colon', [`GET /healthz HTTP/1.1\r\n${HOST}${SECRET}\r\n\r\n`], 400],
  ['a NUL in a header', [`GET /healthz HTTP/1.1\r\n${HOST}X-A: \u0000${SECRET}\r\n\r\n`], 400],
  ['a space before a colon', [`GET /healthz HTTP/1.1\r\n${HOST}Content-Length : 1\r\n\r\n`], 400],
  ['a negative length', [`${POST}Content-Length: -1\r\n\r\n`], 400],
  ['two lengths', [`${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`], 400],
  ['a length and a coding', [`${POST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`], 400],
  [
    'a header that is too large',
    [`GET /healthz HTTP/1.1\r\n${HOST}X-A: ${SECRET.repeat(2000)}\r\n\r\n`],
    431,
  ],
  ['a path that is too long', [`GET /${SECRET.repeat(2000)} HTTP/1.1\r\n${HOST}\r\n`], 431],
  ['a request to be a proxy', [`CONNECT ${SECRET}.example:443 HTTP/1.1\r\n${HOST}\r\n`], 405],
]

async function expectOneRefusal(
  { url, log, get }: Harness,
  parts: readonly string[],
  status: number,
): Promise<void> {
  const answers = await exchange(url, parts)
  expect(answers.map((answer) => answer.status)).toEqual([status])
  const [{ head, body } = { head: '', body: '' }] = answers
  expect(head).toMatch(/\r\nx-request-id: [\w-]{12}\r\n/i)
  expect(head).toMatch(/\r\nconnection: close(\r\n|$)/i)
  expect(head).toMatch(/\r\nx-content-type-options: nosniff\r\n/i)
  expect(JSON.parse(body)).toEqual({
    errors: [
      {
        message: expect.stringMatching(/^[A-Z].*\.$/) as string,
        extensions: { code: expect.any(String) as string },
      },
    ],
  })
  const [line] = log
  expect(log).toHaveLength(1)
  expect(line).toMatchObject({ status, code: expect.any(String) as string })
  expect(head).toContain(String(line?.['requestId']))
  expect(JSON.stringify([head, body, log])).not.toContain('49151')
  expect((await get('/metrics')).text).toMatch(
    new RegExp(`waybill_http_request_duration_seconds_count\\{.*status="${status}"\\} 1`),
  )
}

test.each(UNREADABLE)('%s is answered, logged and counted like any other error', async (_, parts, status) => {
  const harness = await startHarness()
  await expectOneRefusal(harness, parts, status)
  expect(harness.log[0]).toMatchObject({
    level: 'warn',
    message: 'Malformed request',
    reason: expect.stringMatching(/^(HPE_[A-Z_0-9]+|CONNECT)$/) as string,
    address: '127.0.0.1',
    caller: 'nobody',
  })
})

test.each([
  ['no Host', 'GET /healthz HTTP/1.1\r\n\r\n', 400],
  ['a path that cannot be decoded', `GET /%ff%zz${SECRET} HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['a foreign Host', 'GET /healthz HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n', 421],
])('%s is refused under its own status, logged and counted', async (_, text, status) => {
  const harness = await startHarness()
  const answers = await exchange(harness.url, [text.replace(HOST, `${HOST}Connection: close\r\n`)])
  expect(answers.map((answer) => answer.status)).toEqual([status])
  expect(JSON.parse(answers[0]?.body ?? '')).toHaveProperty('errors')
  expect(harness.log).toMatchObject([{ message: 'Request', status }])
  expect(JSON.stringify(harness.log)).not.toContain('49151')
})

const FAULTY_HOSTS = [
  '[',
  'a b',
  'localhost:99999999',
  'localhost:80:90',
  'user:password@localhost',
  'localhost/messages',
  'localhost?',
  'localhost#',
  'lo\\calhost',
  'localhost\r\nHost: evil.example',
  'localhost\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b',
]

test('a malformed or repeated Host is refused on every path, and nothing of the request is logged', async () => {
  const { url, log } = await startHarness()
  const paths = [
    '/healthz',
    `/messages.csv?search=a+secret+text&filter[phone]=%2B${SECRET}`,
    '/graphql?query={__typename}',
  ]
  for (const host of FAULTY_HOSTS) {
    for (const path of paths) {
      const answers = await exchange(url, [`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`])
      expect.soft([host, ...answers.map(({ status }) => status)]).toEqual([host, 400])
      expect.soft(answers[0]?.body).toMatch(/Host header|several Authorization headers/)
    }
  }
  expect(log).toHaveLength(FAULTY_HOSTS.length * paths.length)
  expect(new Set(log.map(({ message, status }) => `${message} ${String(status)}`))).toEqual(
    new Set(['Request 400']),
  )
  expect(JSON.stringify(log)).not.toMatch(/secret|49151/)
})

test('every other Host is taken where tokens protect the server, and none is needed under HTTP/1.0', async () => {
  const { url } = await startHarness({ auth: bearerAuth(SERVER_TOKEN) })
  const heads = [
    'HTTP/1.0',
    ...['', 'LOCALHOST:80', '127.0.0.1:', '[::1]:4000', 'a-b_c.example', 'evil.example'].map(
      (host) => `HTTP/1.1\r\nHost: ${host}`,
    ),
  ]
  const authorization = `Authorization: Bearer ${SERVER_TOKEN}`
  for (const head of heads) {
    for (const path of ['/healthz', '/messages.ndjson', '/graphql?query={__typename}']) {
      const answers = await exchange(url, [
        `GET ${path} ${head}\r\n${authorization}\r\nConnection: close\r\n\r\n`,
      ])
      expect.soft([head, path, ...answers.map(({ status }) => status)]).toEqual([head, path, 200])
    }
  }
})

test('a whole URL, as proxies get it, is answered like its path', async () => {
  const { url } = await slowHarness()
  const expected = [
    ['/healthz', '"up"'],
    ['/', '<!doctype html>'],
    ['/graphql?query={__typename}', '"Query"'],
    ['/messages.ndjson?fields=upstreamId', '"upstreamId"'],
  ] as const
  for (const [path, text] of expected) {
    for (const target of [`http://other.example${path}`, `HTTP://[::1]:80${path}`]) {
      const answers = await exchange(url, [`GET ${target} HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`])
      expect.soft(answers.map(({ status }) => [target, status])).toEqual([[target, 200]])
      expect.soft(answers[0]?.body).toContain(text)
    }
  }
})

const BODIES: readonly (readonly [name: string, parts: readonly string[], status: number])[] = [
  ['a chunk without a length', [CHUNKED, `zz\r\n${SECRET}\r\n`], 400],
  ['a chunk that is longer than it claims', [CHUNKED, `2\r\n${SECRET}\r\n0\r\n\r\n`], 400],
  ['a chunk of 2^72 bytes', [CHUNKED, 'ffffffffffffffffff\r\na'], 400],
  ['an extension of a chunk of 40 kB', [CHUNKED, `1;${SECRET.repeat(3000)}\r\na\r\n`], 413],
  ['a trailer of 40 kB', [CHUNKED, `1\r\n{\r\n0\r\nX: ${SECRET.repeat(3000)}\r\n\r\n`], 431],
]

test.each(BODIES)('%s is the end of its request, which is logged once', async (_, parts, status) => {
  const harness = await startHarness()
  await expectOneRefusal(harness, parts, status)
  expect(harness.log[0]).toMatchObject({ message: 'Request', method: 'POST', route: '/graphql' })
})

test('a body that ends the wrong way after its answer gets no second answer', async () => {
  const { url, log } = await startHarness()
  const parts = [
    `POST /graphql HTTP/1.1\r\n${HOST}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n`,
  ]
  const answers = await exchange(url, [...parts, 'zz\r\n'])
  expect(answers.map(({ status }) => status)).toEqual([415])
  expect(log).toHaveLength(1)
})

async function slowHarness(options: HarnessOptions = {}): Promise<Harness> {
  const provider = arrayProvider({ messages: messages(3) })
  return startHarness({ sources: [sourceOf('a', provider)], ...options })
}

test('requests before a malformed one on the same connection get their answers first, in their order', async () => {
  const { url, log } = await slowHarness()
  const query = '/graphql?query={messages{nodes{id}}}'
  const readable = [`GET ${query} HTTP/1.1\r\n${HOST}\r\n`, `GET /nothing HTTP/1.1\r\n${HOST}\r\n`]
  const answers = await exchange(url, [`${readable.join('')}STEAL / HTTP/1.1\r\n\r\n`, 'more of it'])
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 400])
  expect(answers[0]?.body).toContain('"nodes"')
  expect(log.map(({ message, status }) => [message, status])).toEqual([
    ['Request', 200],
    ['Request', 404],
    ['Malformed request', 400],
  ])
})

test('a connection over which nothing is ever sent is closed without a line in the log', async () => {
  const { url, log } = await startHarness({ limits: { headersSeconds: 0.1 } })
  expect(await exchange(url, [])).toEqual([])
  expect(log).toEqual([])
})

test('the beginning of a request that does not arrive in time is refused in words', async () => {
  const { url, log } = await startHarness({ limits: { headersSeconds: 0.1 } })
  const { socket, received, closed } = await openAnswered(url)
  socket.write('GET /healthz HTTP/1.1\r\nHo')
  await closed
  record('raw', received())
  expect(received()).toContain('HTTP/1.1 408 ')
  expect(received()).toContain('The request did not arrive in time.')
  expect(log).toMatchObject([
    { message: 'Request', status: 200 },
    { message: 'Malformed request', reason: 'ERR_HTTP_REQUEST_TIMEOUT', status: 408 },
  ])
})

test('an expectation other than 100-continue does not matter', async () => {
  const { url, log } = await startHarness()
  const text = `GET /healthz HTTP/1.1\r\n${HOST}Expect: something\r\nConnection: close\r\n\r\n`
  expect((await exchange(url, [text])).map(({ status }) => status)).toEqual([200])
  expect(log).toMatchObject([{ status: 200, route: '/healthz' }])
})
