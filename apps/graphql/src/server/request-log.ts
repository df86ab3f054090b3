import type { Logger } from '@waybill/runtime'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ObservedOperation } from './exchange.js'
import type { Metrics } from './metrics.js'

/** What is counted and logged where nobody waits for the reply any more. */
const CLIENT_GONE = 499

const LONGEST_NAME = 64

/** Writes one line in the log, and counts once, when the request is over, however it ends. */
export function observe(
  request: FastifyRequest,
  reply: FastifyReply,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): void {
  const started = performance.now()
  const { socket } = request
  const bytesBefore = socket.bytesWritten
  reply.raw.once('close', () => {
    const durationMs = performance.now() - started
    const { exchange, method } = request
    const status = reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_GONE
    const route = request.routeOptions.url ?? 'other'
    metrics.httpRequest({ method, route, status, durationMs })
    const { id, caller, code, operation, upstream, refusal } = exchange
    const isFailedLogin = code === 'UNAUTHENTICATED'
    // No path as it was sent, no query string, header, variable or query text: any of them may hold what is nobody else's business.
    logger[isFailedLogin ? 'warn' : 'info'](isFailedLogin ? 'Login failed' : 'Request', {
      requestId: id,
      method,
      route,
      status,
      ...(isFailedLogin && { reason: refusal?.reason, address: request.ip }),
      ms: Math.round(durationMs),
      bytes: socket.bytesWritten - bytesBefore,
      caller: caller.name,
      ...(code !== undefined && { code }),
      ...(operation !== undefined && describeOperation(operation)),
      ...(upstream !== undefined && { upstreamRequests: upstream.spent }),
    })
  })
}

function describeOperation({ name, hash, cost }: ObservedOperation): Record<string, unknown> {
  return { ...(name !== undefined && { operation: shownName(name) }), hash, cost }
}

/** A name as it may be written down: its first characters, and no digits that could be a phone number. */
function shownName(name: string): string {
  return name
    .slice(0, 4 * LONGEST_NAME)
    .replaceAll(/\W/g, '')
    .replaceAll(/\d[\d_]{4,}\d/g, 'N')
    .slice(0, LONGEST_NAME)
}
