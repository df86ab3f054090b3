import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('@waybill/engine')

/**
 * Runs something as a span of the trace under way. Of an error the span holds the code alone: a message may quote what belongs to
 * nobody else.
 */
export function inSpan<Result>(
  name: string,
  attributes: Attributes,
  run: () => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await run()
    } catch (error) {
      span.setAttribute(
        'error.type',
        error instanceof Error && 'code' in error ? String(error.code) : 'error',
      )
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}
