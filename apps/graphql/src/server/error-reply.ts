import type { FastifyReply } from 'fastify'
import type { Exchange } from './exchange.js'
import type { Refusal } from './limits/admission.js'

type Headers = Readonly<Record<string, string>>

/** Answers with what is wrong, in the form of a GraphQL error. */
export function sendError(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string,
  headers: Headers = {},
): FastifyReply {
  reply.request.exchange.code = code
  return reply
    .code(status)
    .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', ...headers })
    .send(errorBody(code, message))
}

/** The same for a handler that answers with a `Response`. */
export function errorResponse(
  status: number,
  code: string,
  message: string,
  headers: Headers = {},
): Response {
  return jsonResponse(status, errorBody(code, message), headers)
}

/** The answer to what is not let in now. */
export function responseOf(
  { status, code, message, retryAfterSeconds }: Refusal,
  exchange: Pick<Exchange, 'code'>,
): Response {
  exchange.code = code
  return errorResponse(status, code, message, { 'retry-after': String(retryAfterSeconds) })
}

/** A response in JSON that nobody keeps. */
export function jsonResponse(status: number, json: string, headers: Headers = {}): Response {
  return new Response(json, {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(json)),
      'cache-control': 'no-store',
      ...headers,
    },
  })
}

/** An error in the form of a GraphQL answer. */
export function errorBody(code: string, message: string): string {
  return JSON.stringify({ errors: [{ message, extensions: { code } }] })
}
