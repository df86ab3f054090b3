import type { IncomingMessage, Server, ServerResponse } from 'node:http'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the handler bounds the arrival of the body itself, by its progress. */
    readonly isUpload?: boolean
  }
}

/**
 * Ends a request whose body does not arrive in time, as Node.js would by `requestTimeout`: that one is the same for all
 * requests, and would cut long uploads off.
 */
export function limitArrival(server: Server, request: IncomingMessage, seconds: number): void {
  const { headers, socket } = request
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return
  const timer = setTimeout(() => {
    if (!request.complete) server.emit('clientError', new RequestTimeout(), socket)
  }, seconds * 1000)
  request.once('close', () => clearTimeout(timer))
}

/** Ends a connection over which a request still arrives though it has been answered for some time. */
export function limitRest(request: IncomingMessage, response: ServerResponse, seconds: number): void {
  response.once('finish', () => {
    if (request.complete) return
    const timer = setTimeout(() => {
      if (!request.complete) request.socket.destroy()
    }, seconds * 1000)
    request.once('close', () => clearTimeout(timer))
  })
}

/** What Node.js reports of such a request, so that it is answered alike. */
class RequestTimeout extends Error {
  readonly code = 'ERR_HTTP_REQUEST_TIMEOUT'

  constructor() {
    super('Request timeout')
    this.name = 'RequestTimeout'
  }
}
