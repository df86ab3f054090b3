import type { IncomingHttpHeaders } from 'node:http'
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { onBehalfOf } from '@waybill/http'
import type { Caller } from '../access/caller.js'
import { shownName } from './shown-name.js'

const tracer = trace.getTracer('@waybill/graphql')
const TRACEPARENT = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/

export interface TracedRequest {
  readonly id: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
}

/** The trace of one request. Without a collector nothing is recorded, and the trace of the client is passed on. */
export interface RequestTrace {
  /** Does something as a part of the request: what it sends and logs carries its ids. */
  run<Result>(work: () => Result): Result
  /** Ends it with what came of it. */
  end(status: number, outcome: { readonly caller: Caller; readonly code: string | undefined }): void
}

/**
 * Begins the trace of a request, or its part in the trace that the client names (W3C trace context).
 * @param route which answers; undefined for an unknown path
 */
export function traceRequest(
  { id, method, headers }: TracedRequest,
  route: string | undefined,
): RequestTrace {
  const attributes = {
    'http.request.method': method,
    ...(route !== undefined && { 'http.route': route }),
    'waybill.request_id': id,
  }
  const given = headers['traceparent']?.toString()
  const traceparent = given !== undefined && TRACEPARENT.test(given) ? given : undefined
  const parent = traceparent === undefined ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, headers)
  const span = tracer.startSpan(
    `${method} ${route ?? 'other'}`,
    { kind: SpanKind.SERVER, attributes },
    parent,
  )
  const active = trace.setSpan(parent, span)
  return {
    run: (work) => onBehalfOf({ requestId: id, traceparent }, () => context.with(active, work)),
    end: (status, { caller, code }) => {
      span.setAttributes({
        'http.response.status_code': status,
        'waybill.caller': caller.name,
        ...(code !== undefined && { 'error.type': code }),
      })
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}

/** Runs a GraphQL query as a part of the trace of its request. */
export function inOperationSpan<Result>(
  { name, hash, cost }: { readonly name: string | undefined; readonly hash: string; readonly cost: number },
  run: () => Promise<Result>,
): Promise<Result> {
  const shown = name === undefined ? undefined : shownName(name)
  const attributes = {
    'graphql.operation.type': 'query',
    ...(shown !== undefined && { 'graphql.operation.name': shown }),
    'waybill.document_hash': hash,
    'waybill.cost': cost,
  }
  return tracer.startActiveSpan(
    shown === undefined ? 'query' : `query ${shown}`,
    { attributes },
    async (span) => {
      try {
        return await run()
      } finally {
        span.end()
      }
    },
  )
}
