import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import type { LogEvent } from 'kysely'

const tracer = trace.getTracer('@waybill/archive')
const LONGEST_TEXT = 4000

/** A query that has ended, as Kysely reports it. */
export interface EndedQuery extends Pick<LogEvent, 'level' | 'queryDurationMillis'> {
  readonly query: { readonly sql: string }
}

/**
 * Makes a query that has ended a span of the trace under way: its text, which holds no values, and its time. Queries outside of a
 * trace are left out.
 *
 * @param system as OpenTelemetry names the database
 */
export function traceQuery(
  system: 'sqlite' | 'postgresql',
  { query, queryDurationMillis, level }: EndedQuery,
): void {
  if (trace.getActiveSpan()?.isRecording() !== true) return
  const text = query.sql
  const [operation = 'query'] = text.trimStart().split(/\s/, 1)
  const span = tracer.startSpan(operation.toUpperCase(), {
    kind: SpanKind.CLIENT,
    startTime: Date.now() - queryDurationMillis,
    attributes: { 'db.system.name': system, 'db.query.text': text.slice(0, LONGEST_TEXT) },
  })
  if (level === 'error') span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}
