import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from './read-body.js'

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
