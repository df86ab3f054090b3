import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { bearerAuth, type Harness, startHarness } from './support/harness.js'
import { record } from './support/transcript.js'

const LIMIT = 330_000
/** Three of them fit, and four do not. */
const BODY_BYTES = 90_000
const TOKENS = ['one-token-of-the-tests', 'another-token-of-the-tests'] as const
const BODY = JSON.stringify({ query: '{ __typename }', extensions: { pad: 'x'.repeat(BODY_BYTES) } })

interface Sender {
  readonly socket: Socket
  /** The status of the answer. */
  readonly status: Promise<number>
  finish(): void
}

/** Sends a request but for the last byte of its body. */
function begin({ url }: Harness, token: string, framing: 'length' | 'chunks'): Sender {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  const [header, first, last] =
    framing === 'length'
      ? [`Content-Length: ${BODY.length}`, BODY.slice(0, -1), BODY.slice(-1)]
      : [
          'Transfer-Encoding: chunked',
          `${(BODY.length - 1).toString(16)}\r\n${BODY.slice(0, -1)}\r\n`,
          `1\r\n${BODY.slice(-1)}\r\n0\r\n\r\n`,
        ]
  socket.write(
    `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n${header}\r\n\r\n${first}`,
  )
  const status = once(socket, 'data').then(([data]) => {
    record('raw', String(data))
    return Number(String(data).slice(9, 12))
  })
  return { socket, status, finish: () => void socket.write(last) }
}

test.each(['length', 'chunks'] as const)(
  'bodies that never end hold a bounded part of the memory for their caller, and nothing of another one (%s)',
  async (framing) => {
    const harness = await startHarness({
      auth: bearerAuth(...TOKENS),
      limits: { maxHeldBytesPerCaller: 16 * LIMIT, maxBodyBytes: 95_000 },
    })
    const senders = Array.from({ length: 4 }, () => begin(harness, TOKENS[0], framing))
    const [refused, answer] = await Promise.race(
      senders.map(async (sender) => [sender, await sender.status] as const),
    )
    expect(answer).toBe(429)
    expect(harness.log).toMatchObject([{ status: 429, code: 'RATE_LIMITED', caller: 'bearerTokens[0]' }])

    const other = begin(harness, TOKENS[1], framing)
    other.finish()
    expect(await other.status).toBe(200)

    const rest = senders.filter((sender) => sender !== refused)
    for (const sender of rest) sender.finish()
    expect(await Promise.all(rest.map(({ status }) => status))).toEqual([200, 200, 200])
    const again = begin(harness, TOKENS[0], framing)
    again.finish()
    expect(await again.status).toBe(200)
  },
)

test('a body in parts of one byte counts what each part takes', async () => {
  const harness = await startHarness({
    auth: bearerAuth(...TOKENS),
    limits: { maxHeldBytesPerCaller: 16 * LIMIT, maxBodyBytes: 95_000 },
  })
  const { socket, status } = begin(harness, TOKENS[0], 'chunks')
  socket.write('1\r\na\r\n'.repeat(1000))
  expect(await status).toBe(429)
  expect((await harness.ask('{ __typename }', {}, { authorization: `Bearer ${TOKENS[0]}` })).status).toBe(200)
})

test('what is thrown away of a body, or never read, is not counted and ends nothing', async () => {
  const harness = await startHarness({ limits: { maxHeldBytesPerCaller: 400_000, maxBodyBytes: 500 } })
  const headers = { 'content-type': 'application/json' }
  const body = 'x'.repeat(2_000_000)
  const streamed = { method: 'POST', headers, body: new Blob([body]).stream(), duplex: 'half' } as const
  for (const init of [{ method: 'POST', headers, body }, streamed])
    expect((await fetch(`${harness.url}/graphql`, init)).status).toBe(413)

  const { hostname, port } = new URL(harness.url)
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  socket.write(
    `GET /graphql?query={__typename} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(10_000)}0\r\n\r\n`,
  )
  expect(String(await once(socket, 'data'))).toContain('HTTP/1.1 200 ')
  expect((await harness.get('/healthz')).status).toBe(200)
})

test('a single body is answered that is as long as permitted, however little a caller may hold', async () => {
  const limits = { maxHeldBytesPerCaller: 4096, maxBodyBytes: BODY.length }
  const harness = await startHarness({ auth: bearerAuth(...TOKENS), limits })
  for (const framing of ['length', 'chunks'] as const) {
    const sender = begin(harness, TOKENS[0], framing)
    sender.finish()
    expect(await sender.status).toBe(200)
  }
})
