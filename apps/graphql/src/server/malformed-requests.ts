import { type IncomingMessage, maxHeaderSize, type Server, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { onBehalfOf, REQUEST_ID_HEADER } from '@waybill/http'
import type { Logger } from '@waybill/runtime'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { NOBODY } from '../access/caller.js'
import { errorBody, sendError } from './error-reply.js'
import { newRequestId } from './exchange.js'
import type { Metrics } from './metrics.js'
import { SAFETY_HEADERS } from './safety-headers.js'

/** Answers what no route gets to see, since it is no request that Node.js can read. */
export interface MalformedRequests {
  /** Remembers a request that is under way, whose answer has to be sent first, until what it returns is called. */
  begin(request: FastifyRequest, reply: FastifyReply): () => void
  /** Refuses what Node.js could not read on a connection, and closes it. For the event `clientError` of the server. */
  refuse(error: Error & { readonly code?: string }, socket: Socket): void
  /** Refuses to be a proxy, which Node.js would do by closing the connection. */
  refuseTunnels(server: Server): void
}

interface Finding {
  readonly status: number
  readonly code: string
  readonly message: string
  /** For the log: one of a closed set of words. */
  readonly reason: string
}

interface Connection {
  /** How many requests are under way. */
  open: number
  newest: { readonly request: FastifyRequest; readonly reply: FastifyReply } | null
  /** Once something on it was refused, nothing that follows is read. */
  refusal: Finding | null
}

/** How long a refused connection is still read, so that the client gets to read the answer, in milliseconds. */
const LINGER_MS = 1000

export function createMalformedRequests({
  logger,
  metrics,
}: {
  readonly logger: Logger
  readonly metrics: Metrics
}): MalformedRequests {
  const connections = new WeakMap<Socket, Connection>()

  function connectionOf(socket: Socket): Connection {
    const known = connections.get(socket)
    if (known !== undefined) return known
    const made: Connection = { open: 0, newest: null, refusal: null }
    connections.set(socket, made)
    return made
  }

  function refuse(socket: Socket, found: Finding): void {
    const connection = connectionOf(socket)
    if (connection.refusal !== null) return
    connection.refusal = found
    const { newest } = connection
    // The body is malformed: the answer is that of its request, which logs and counts it.
    if (newest !== null && !newest.request.raw.complete) {
      if (newest.reply.raw.headersSent) socket.destroy()
      else sendError(newest.reply, found.status, found.code, found.message, { connection: 'close' })
    } else if (connection.open === 0) answer(socket, found)
  }

  function answer(socket: Socket, { status, code, message, reason }: Finding): void {
    const id = newRequestId()
    const address = socket.remoteAddress
    const text = replyText({ id, status, body: errorBody(code, message) })
    if (socket.writable) closeWith(socket, text)
    else socket.destroy()
    metrics.httpRequest({ method: 'other', route: 'malformed', status, durationMs: 0 })
    const line = { status, reason, address, bytes: Buffer.byteLength(text), caller: NOBODY.name, code }
    onBehalfOf({ requestId: id, traceparent: undefined }, () => logger.warn('Malformed request', line))
  }

  return {
    begin: (request, reply) => {
      const { socket } = request.raw
      const connection = connectionOf(socket)
      connection.open += 1
      connection.newest = { request, reply }
      return () => {
        connection.open -= 1
        // The rest of a request that was refused early may still be malformed.
        if (connection.open > 0 || !request.raw.complete) return
        connection.newest = null
        if (connection.refusal !== null) answer(socket, connection.refusal)
      }
    },
    refuse: (error, socket) => {
      const found = findingOf(error)
      // The connection is broken, or nothing was ever sent over it.
      if (found === null || socket.bytesRead === 0) socket.destroy()
      else refuse(socket, found)
    },
    refuseTunnels: (server) => {
      server.on('connect', (_request: IncomingMessage, socket: Socket) => refuse(socket, TUNNEL))
    },
  }
}

const TUNNEL: Finding = {
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
  message: 'This server is no proxy. Send the request to it directly.',
  reason: 'CONNECT',
}

/** What to answer; null for an error of the connection itself. */
function findingOf({ code: reason = '' }: { readonly code?: string }): Finding | null {
  const finding = (status: number, message: string): Finding => ({
    status,
    code: 'BAD_USER_INPUT',
    message,
    reason,
  })
  if (reason === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return finding(408, 'The request did not arrive in time. Send it again over a faster connection.')
  }
  if (reason === 'HPE_HEADER_OVERFLOW') {
    const text = `The headers and the address of a request may have at most ${maxHeaderSize} bytes together.`
    return finding(431, `${text} Send a long query by POST, in the body.`)
  }
  if (reason === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return finding(413, 'The extensions of a chunk are too long. Send the body without them.')
  }
  // The client went away in the middle of it.
  if (!reason.startsWith('HPE_') || reason === 'HPE_INVALID_EOF_STATE') return null
  return finding(400, 'This is no valid HTTP/1.1 request. Check its first line, headers and framing.')
}

function replyText({
  id,
  status,
  body,
}: {
  readonly id: string
  readonly status: number
  readonly body: string
}): string {
  const headers = {
    ...SAFETY_HEADERS,
    [REQUEST_ID_HEADER]: id,
    'cache-control': 'no-store',
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    date: new Date().toUTCString(),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`
}

/** Sends the last answer on a connection. Closed with something unread, it would be reset, and the answer lost with it. */
function closeWith(socket: Socket, text: string): void {
  const timer = setTimeout(() => socket.destroy(), LINGER_MS)
  socket.once('end', () => socket.destroy()).once('close', () => clearTimeout(timer))
  socket.end(text)
  socket.resume()
}
