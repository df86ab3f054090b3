import { ReadableStream as NodeStream } from 'node:stream/web'
import type { FastifyRequest } from 'fastify'
import type { Exchange } from './exchange.js'

/**
 * Answers a request. Its body is a stream that is read as the handler reads it; the response's body may be one too, and is
 * read as the client takes it. `exchange.signal` is aborted when the client goes away.
 */
export type FetchHandler = (request: Request, exchange: Exchange) => Promise<Response>

/** Lets a handler answer. A body that it did not begin to read is read to its end, so that the client can send it. */
export async function handleAsFetch(request: FastifyRequest, handle: FetchHandler): Promise<Response> {
  const given = toRequest(request)
  let response: Response | null = null
  try {
    response = await handle(given, request.exchange)
    return response
  } finally {
    const isTaken = given.body === null || given.bodyUsed || response?.body === given.body
    if (!isTaken) request.raw.resume()
  }
}

/**
 * The request as a handler reads it. Its URL has the path and the query string that were sent, and nothing of the `Host`, which
 * can be anything.
 */
function toRequest({ raw, url, method, exchange: { signal } }: FastifyRequest): Request {
  const hasBody = method !== 'GET' && method !== 'HEAD'
  return new Request(`http://localhost${pathOf(url)}`, {
    method,
    headers: raw.headers as Record<string, string>,
    signal,
    // This stream reads nothing before the handler reads.
    ...(hasBody && { body: NodeStream.from(raw) as ReadableStream<Uint8Array>, duplex: 'half' }),
  })
}

const AUTHORITY = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i

/** A proxy is sent a whole URL, and a server has to take one as well (RFC 9112, section 3.2.2). */
function pathOf(url: string): string {
  const path = url.replace(AUTHORITY, '')
  return path.startsWith('/') ? path : `/${path}`
}
