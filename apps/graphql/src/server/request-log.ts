import type { Logger } from '@waybill/runtime'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Metrics } from './metrics.js'

/** What is counted and logged where nobody waits for the reply any more. */
const CLIENT_GONE = 499

/** Writes one line in the log, and counts once, when the request is over, however it ends. */
export function observe(
  request: FastifyRequest,
  reply: FastifyReply,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: Metrics },
): void {
  const started = performance.now()
  reply.raw.once('close', () => {
    const durationMs = performance.now() - started
    const { exchange, method } = request
    const status = reply.raw.writableFinished ? reply.raw.statusCode : CLIENT_GONE
    const route = request.routeOptions.url ?? 'other'
    metrics.httpRequest({ method, route, status, durationMs })
    // No query string, header, variable or query text: any of them may hold what is nobody else's business.
    logger.info('Request', {
      method,
      path: request.url.split('?', 1)[0]?.slice(0, 200),
      status,
      ms: Math.round(durationMs),
      ...(exchange.operation?.name !== undefined && { operation: exchange.operation.name }),
    })
  })
}
