import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { describeDefect, type Logger } from '@waybill/runtime'
import { createExchange, type Exchange } from './exchange.js'
import type { Metrics } from './metrics.js'
import { errorReply, type Reply } from './reply.js'
import type { Route } from './routes.js'

export interface ListenerOptions {
  readonly routes: readonly Route[]
  readonly logger: Logger
  readonly metrics: Metrics
  /** Whether a request under this `Host` header is for us. */
  readonly isAllowedHost: (host: string | undefined) => boolean
  /** Whether connections are to be closed as they are answered. */
  readonly isClosing: () => boolean
}

/** For every reply. A reply's own headers come before these. */
const HEADERS: Reply['headers'] = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/** What is counted and logged where nobody waits for the reply any more. */
const CLIENT_GONE = 499

/** Answers HTTP requests: one reply, one line in the log, and one count for each. */
export function createRequestListener(options: ListenerOptions): RequestListener {
  return (request, response) => {
    void serve(request, response, options)
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: ListenerOptions,
): Promise<void> {
  const started = performance.now()
  const exchange = createExchange(request, response)
  const route = findRoute(options.routes, exchange.path)
  const reply = await replyTo(exchange, route, options)
  send(reply, exchange, response, options.isClosing())
  const durationMs = performance.now() - started
  const status = exchange.signal.aborted ? CLIENT_GONE : reply.status
  options.metrics.httpRequest({
    method: exchange.method,
    route: route?.path ?? 'other',
    status,
    durationMs,
  })
  // No query string, header, variable or query text: any of them may hold what is nobody else's business.
  options.logger.info('Request', {
    method: exchange.method,
    path: exchange.path.slice(0, 200),
    status,
    ms: Math.round(durationMs),
    ...(exchange.operationName !== undefined && { operation: exchange.operationName }),
  })
}

async function replyTo(
  exchange: Exchange,
  route: Route | undefined,
  { isAllowedHost, logger }: ListenerOptions,
): Promise<Reply> {
  if (!isAllowedHost(exchange.headers.host)) {
    return errorReply(421, 'FORBIDDEN', 'This server answers under its own address only.')
  }
  try {
    return await answer(route, exchange)
  } catch (error) {
    if (!exchange.signal.aborted) logger.error('Request failed', { error: describeDefect(error) })
    return errorReply(500, 'INTERNAL_SERVER_ERROR', 'Unexpected error.')
  }
}

function send(reply: Reply, exchange: Exchange, response: ServerResponse, closing: boolean): void {
  response.writeHead(reply.status, {
    ...HEADERS,
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
    ...(closing && { connection: 'close' }),
  })
  response.end(exchange.method === 'HEAD' ? undefined : reply.body)
}

/** Finds the route for a path. */
function findRoute(routes: readonly Route[], path: string): Route | undefined {
  return routes.find((route) =>
    route.path.endsWith('/') && route.path !== '/' ? path.startsWith(route.path) : path === route.path,
  )
}

/** The reply of a route, or the error reply for an unknown path or method. */
async function answer(route: Route | undefined, exchange: Exchange): Promise<Reply> {
  if (route === undefined) return errorReply(404, 'NOT_FOUND', 'Unknown path. The API is at /graphql.')
  if (route.methods.includes(exchange.method)) return route.handle(exchange)
  const allow = route.methods.join(', ')
  return errorReply(405, 'METHOD_NOT_ALLOWED', `Use ${allow}.`, { allow })
}
