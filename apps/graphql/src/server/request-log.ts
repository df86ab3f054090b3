import type { Logger } from '@waybill/runtime'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ObservedOperation } from './exchange.js'
import type { Metrics } from './metrics.js'
import { shownName } from './shown-name.js'

/** What is counted and logged where nobody waits for the reply any more. */
const CLIENT_GONE = 499

/** Begins to observe a request. What it returns writes one line in the log, and counts once, when the reply is closed, however it ends. */
export function observe(
  request: FastifyRequest,
  reply: FastifyReply,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): () => void {
  const { socket } = request
  const bytesBefore = socket.bytesWritten
  return () => {
    const { exchange, method } = request
    const durationMs = performance.now() - exchange.startedAt
    const status = reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_GONE
    const route = request.routeOptions.url ?? 'other'
    metrics.httpRequest({ method, route, status, durationMs })
    const { caller, code, operation, upstream, refusal } = exchange
    exchange.trace.end(status, { caller, code })
    const isFailedLogin = code === 'UNAUTHENTICATED' && refusal !== null
    if (isFailedLogin) metrics.loginFailed(refusal.reason)
    // No path as it was sent, no query string, header, variable or query text: any of them may hold what is nobody else's business.
    const line = {
      method,
      route,
      status,
      ...(isFailedLogin && { reason: refusal.reason, address: request.ip }),
      ms: Math.round(durationMs),
      bytes: socket.bytesWritten - bytesBefore,
      caller: caller.name,
      ...(code !== undefined && { code }),
      ...(operation !== undefined && describeOperation(operation)),
      ...(upstream !== undefined && { upstreamRequests: upstream.spent }),
    }
    exchange.trace.run(() =>
      isFailedLogin ? logger.warn('Login failed', line) : logger.info('Request', line),
    )
  }
}

function describeOperation({ name, hash, cost }: ObservedOperation): Record<string, unknown> {
  return { ...(name !== undefined && { operation: shownName(name) }), hash, cost }
}
