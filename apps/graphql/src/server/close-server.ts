import type { Server } from 'node:http'

/** How long requests that are under way may take to finish, in milliseconds. */
const PATIENCE_MS = 10_000

/** Stops accepting, finishes what is under way, and drops connections that wait for a next request. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const cutOff = setTimeout(() => server.closeAllConnections(), PATIENCE_MS)
  await closed
  clearTimeout(cutOff)
}
