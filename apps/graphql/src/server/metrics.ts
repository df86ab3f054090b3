import type { Archive, SyncEvent } from '@waybill/archive'
import { ERROR_CODES, type UpstreamAttempt } from '@waybill/core'
import { AggregatorRegistry, collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { followArchive } from './metrics-of-archive.js'
import { syncCounters } from './metrics-of-sync.js'

/** An HTTP request that was answered. */
export interface HttpObservation {
  readonly method: string
  /** The route that answered; `other` for an unknown path. */
  readonly route: string
  readonly status: number
  readonly durationMs: number
}

/** Counts what happens, for Prometheus. */
export interface Metrics {
  /** Counts an HTTP request that went upstream. */
  upstreamAttempt(attempt: UpstreamAttempt): void
  /** Counts an HTTP request that was answered here. */
  httpRequest(observation: HttpObservation): void
  /** Counts a GraphQL request by how it came out: `OK`, or the code of its first error. */
  operation(outcome: string): void
  /** Counts what a sync did. */
  syncEvent(event: SyncEvent): void
  /** Tells from now on how the archive of these sources is. */
  follow(archive: Archive, sources: readonly string[]): void
  /** Everything counted so far in Prometheus' text format. */
  render(): Promise<string>
  /** The same as JSON, for {@link addUp}. */
  snapshot(): Promise<unknown>
  /** The media type of what {@link render} yields. */
  readonly contentType: string
}

const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])
const OUTCOMES: ReadonlySet<string> = new Set([
  ...Object.keys(ERROR_CODES),
  'OK',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
  'CLIENT_GONE',
])
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Makes counters that are separate from all others, those of the process included. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const http = httpHistogram(registry)
  const operations = operationCounter(registry)
  const upstream = upstreamHistogram(registry)
  const syncs = syncCounters(registry)
  return {
    upstreamAttempt: ({ source, status, durationMs }) =>
      upstream.observe({ source, status: status ?? 'none' }, durationMs / 1000),
    httpRequest: ({ method, route, status, durationMs }) =>
      http.observe({ method: oneOf(METHODS, method), route, status }, durationMs / 1000),
    operation: (outcome) => operations.inc({ outcome: oneOf(OUTCOMES, outcome) }),
    syncEvent: (event) => syncs.count(event),
    follow: (archive, sources) => followArchive(registry, archive, sources),
    render: () => registry.metrics(),
    snapshot: () => registry.getMetricsAsJSON(),
    contentType: registry.contentType,
  }
}

// Labels come from closed sets: a client must not be able to make time series without end.
function oneOf(names: ReadonlySet<string>, name: string): string {
  return names.has(name) ? name : 'other'
}

function httpHistogram(registry: Registry): Histogram<'method' | 'route' | 'status'> {
  return new Histogram({
    name: 'waybill_http_request_duration_seconds',
    help: 'HTTP requests answered, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
}

function operationCounter(registry: Registry): Counter<'outcome'> {
  return new Counter({
    name: 'waybill_graphql_operations_total',
    help: 'GraphQL requests by outcome: OK, or the code of the first error.',
    labelNames: ['outcome'],
    registers: [registry],
  })
}

function upstreamHistogram(registry: Registry): Histogram<'source' | 'status'> {
  return new Histogram({
    name: 'waybill_upstream_attempt_duration_seconds',
    help: 'HTTP requests sent upstream, by source and response status; "none" without a response.',
    labelNames: ['source', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
}

/** What several processes have counted as one, in Prometheus' text format: counters are added up, as is what gauges show. */
export function addUp(snapshots: readonly unknown[]): Promise<string> {
  return AggregatorRegistry.aggregate([...snapshots] as object[]).metrics()
}
