import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { ServerLimits } from '@waybill/runtime'

/**
 * Keeps a server's connections within their limits. A new connection that is one too many takes the place of the one that
 * has been idle longest, so that nobody who holds many idle ones keeps others out; where all are in use, the new one is closed.
 * One over which nothing moves is closed, unless the client waits for its answer.
 */
export function limitConnections(
  server: Server,
  { maxConnections, maxConnectionsPerAddress, keepAliveSeconds }: ServerLimits,
): void {
  // In the order of their last use.
  const idle = new Set<Socket>()
  const byAddress = new Map<string, Set<Socket>>()
  let open = 0

  server.timeout = keepAliveSeconds * 1000
  server.on('timeout', (socket: Socket) => {
    if (idle.has(socket) || socket.writableLength > 0) socket.destroy()
    else socket.setTimeout(keepAliveSeconds * 1000)
  })

  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    const own = byAddress.get(address) ?? new Set()
    byAddress.set(address, own)
    const isOneTooMany =
      (own.size >= maxConnectionsPerAddress && !closeIdle((one) => own.has(one))) ||
      (open >= maxConnections && !closeIdle(() => true))
    if (isOneTooMany) {
      socket.destroy()
      return
    }
    open += 1
    own.add(socket)
    idle.add(socket)
    socket.once('close', () => forget(socket, own, address))
  })

  server.on('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => {
      if (!socket.destroyed) idle.add(socket)
    })
  })

  function closeIdle(isWanted: (socket: Socket) => boolean): boolean {
    for (const socket of idle) {
      if (!isWanted(socket)) continue
      idle.delete(socket)
      socket.destroy()
      return true
    }
    return false
  }

  function forget(socket: Socket, own: Set<Socket>, address: string): void {
    open -= 1
    idle.delete(socket)
    own.delete(socket)
    if (own.size === 0 && byAddress.get(address) === own) byAddress.delete(address)
  }
}
