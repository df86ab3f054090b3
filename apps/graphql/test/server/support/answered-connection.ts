import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

export interface AnsweredConnection {
  readonly socket: Socket
  /** What came since it was opened. */
  received(): string
  /** Resolves when the server has closed it. */
  readonly closed: Promise<unknown>
}

/**
 * Opens a connection over which one request was answered. A server that gives headers little time closes a new one without an
 * answer where nothing was read yet, so that is tried again.
 */
export async function openAnswered(url: string): Promise<AnsweredConnection> {
  const { hostname, port } = new URL(url)
  for (;;) {
    const socket = connect(Number(port), hostname)
    onTestFinished(() => void socket.destroy())
    socket.on('error', () => undefined)
    const closed = once(socket, 'close')
    const answered = once(socket, 'data')
    socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const isAnswered = await Promise.race([answered.then(() => true), closed.then(() => false)])
    if (!isAnswered) continue
    let received = ''
    socket.on('data', (data) => (received += String(data)))
    return { socket, received: () => received, closed }
  }
}
