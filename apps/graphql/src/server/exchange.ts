import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { type Caller, NOBODY } from '../access/caller.js'

/** A request under way, and what is found out about it for the log. */
export interface Exchange {
  readonly method: string
  readonly path: string
  /** What follows the question mark, without it. */
  readonly query: string
  readonly headers: IncomingHttpHeaders
  /** Aborted when the client goes away before it is answered. */
  readonly signal: AbortSignal
  /** The whole body as text; null when it is longer than `limit` bytes. */
  readBody(limit: number): Promise<string | null>
  /** The name of the GraphQL operation, once it is known. */
  operationName: string | undefined
  /** Who sent it; nobody until that is known. */
  caller: Caller
}

export function createExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const [path = '', ...query] = (request.url ?? '').split('?')
  return {
    method: request.method ?? '',
    path,
    query: query.join('?'),
    headers: request.headers,
    signal: signalOfClose(response),
    readBody: (limit) => readBody(request, limit),
    operationName: undefined,
    caller: NOBODY,
  }
}

function signalOfClose(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) {
      controller.abort(new DOMException('The client went away.', 'AbortError'))
    }
  })
  return controller.signal
}

/**
 * Reads a request's body as UTF-8 text.
 * @returns null when it is longer than `limit` bytes; what comes after is not kept.
 */
async function readBody(request: IncomingMessage, limit: number): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return null
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString()
}
