import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const tracer = trace.getTracer('@waybill/http')

/**
 * Runs an HTTP request as a span of the trace under way. The URL's query and the headers stay out of it: they hold numbers, texts
 * and credentials.
 */
export function inAttemptSpan<Result>(
  source: string,
  url: URL,
  run: (setStatus: (status: number | null) => void) => Promise<Result>,
): Promise<Result> {
  const attributes = {
    'http.request.method': 'GET',
    'server.address': url.hostname,
    'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    'waybill.source': source,
  }
  return tracer.startActiveSpan('GET', { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await run((status) => describe(span, status))
    } finally {
      span.end()
    }
  })
}

function describe(span: Span, status: number | null): void {
  if (status !== null) span.setAttribute('http.response.status_code', status)
  if (status === null) span.setAttribute('error.type', 'no response')
  if (status === null || status >= 400) span.setStatus({ code: SpanStatusCode.ERROR })
}
