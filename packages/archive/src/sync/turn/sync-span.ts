import { SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('@waybill/archive')

/** Runs a step of a sync as a trace of its own. */
export function inSyncSpan<Result>(
  task: string,
  source: string,
  run: () => Promise<Result>,
): Promise<Result> {
  return tracer.startActiveSpan(
    `sync ${task}`,
    { root: true, attributes: { 'waybill.source': source } },
    async (span) => {
      try {
        return await run()
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR })
        throw error
      } finally {
        span.end()
      }
    },
  )
}
