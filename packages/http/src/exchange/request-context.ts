import { AsyncLocalStorage } from 'node:async_hooks'
import { context, propagation, trace } from '@opentelemetry/api'

/** The request that something is done for. What is sent upstream meanwhile carries both, so that it can be found in the logs of both sides. */
export interface RequestContext {
  /** Sent as `x-request-id`. */
  readonly requestId: string
  /** The W3C trace context that came with it, sent on where no tracing of this process takes its place. */
  readonly traceparent?: string | undefined
}

/** The header that carries the id of a request, here and upstream. */
export const REQUEST_ID_HEADER = 'x-request-id'

const contexts = new AsyncLocalStorage<RequestContext>()

/** Does something on behalf of a request. An upstream request that several share carries the context of the first. */
export function onBehalfOf<Result>(request: RequestContext, run: () => Result): Result {
  return contexts.run(request, run)
}

/** The request on whose behalf this runs; undefined where there is none, as in a sync. */
export function currentRequest(): RequestContext | undefined {
  return contexts.getStore()
}

/** The id of the trace under way, of this process or of the one that asked it; undefined where there is none. */
export function currentTraceId(): string | undefined {
  return trace.getActiveSpan()?.spanContext().traceId ?? contexts.getStore()?.traceparent?.split('-')[1]
}

/** The headers that tell an upstream for which request and within which trace it is asked. */
export function contextHeaders(): Record<string, string> {
  const request = contexts.getStore()
  const headers: Record<string, string> = {}
  if (request !== undefined) headers[REQUEST_ID_HEADER] = request.requestId
  if (request?.traceparent !== undefined) headers['traceparent'] = request.traceparent
  propagation.inject(context.active(), headers)
  return headers
}
