import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** A real HTTP server on loopback that counts what reaches it. */
export interface TestServer {
  readonly url: URL
  readonly requests: IncomingMessage[]
  /** Every connection that was ever opened. */
  readonly sockets: Socket[]
  /** Resolves when none of the connections is open any more. */
  allSocketsClosed(): Promise<void>
  /** Resolves when so many requests have come. */
  received(count: number): Promise<void>
}

/** Starts a server whose nth request goes to the nth handler; the last one answers all further requests. */
export async function startServer(...handlers: [Handler, ...Handler[]]): Promise<TestServer> {
  const requests: IncomingMessage[] = []
  const sockets: Socket[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    const handler = handlers[requests.length - 1] ?? handlers.at(-1)
    handler?.(request, response)
    server.emit('received')
  })
  server.on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`),
    requests,
    sockets,
    async allSocketsClosed() {
      await Promise.all(sockets.map(closed))
    },
    async received(count) {
      while (requests.length < count) await new Promise((resolve) => server.once('received', resolve))
    },
  }
}

async function closed(socket: Socket): Promise<void> {
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve))
}
