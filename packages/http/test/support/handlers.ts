import type { OutgoingHttpHeaders } from 'node:http'
import type { Handler } from './start-server.js'

/** Answers with a status, a body and headers. */
export function reply(status: number, body: string | Uint8Array, headers: OutgoingHttpHeaders = {}): Handler {
  return (_request, response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
}

export function json(value: unknown, status = 200, headers: OutgoingHttpHeaders = {}): Handler {
  return reply(status, JSON.stringify(value), { 'content-type': 'application/json', ...headers })
}

/** Accepts the request and never says anything. */
export const hang: Handler = () => undefined

/** Sends headers and the beginning of a body, and then nothing more. */
export function hangInBody(status = 200): Handler {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.write('{"message":"half')
  }
}

/** Closes the connection without an answer. */
export const reset: Handler = (request) => {
  request.socket.resetAndDestroy()
}

/** Announces more than it sends, then closes the connection. */
export function cutOff(status = 200): Handler {
  return (request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': 1000 })
    response.write('{"message":"half', () => request.socket.destroy())
  }
}
