import type { Server } from 'node:http'

/** How long requests that are under way may take to finish, in milliseconds. */
const PATIENCE_MS = 10_000

/**
 * Stops accepting, finishes what is under way, and drops connections that wait for a next request.
 * @param patienceMs After this time requests that are still under way are cut off.
 */
export async function closeServer(server: Server, patienceMs: number = PATIENCE_MS): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  server.closeIdleConnections()
  const cutOff = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(cutOff)
}
