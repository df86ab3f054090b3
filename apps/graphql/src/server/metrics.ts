import type { Archive, SyncEvent } from '@waybill/archive'
import type { RefusalReason } from '../access/refusal.js'
import { AggregatorRegistry, collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'
import { followArchive } from './metrics-of-archive.js'
import { type OperationObservation, operationMetrics } from './metrics-of-operations.js'
import { type SourceMetrics, sourceMetrics } from './metrics-of-sources.js'
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
  readonly sources: SourceMetrics
  /** Counts an HTTP request that was answered here. */
  httpRequest(observation: HttpObservation): void
  /** Counts a GraphQL request. */
  operation(observation: OperationObservation): void
  /** Counts a request with a token that was not accepted. */
  loginFailed(reason: RefusalReason): void
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
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Makes counters that are separate from all others, those of the process included. Labels come from closed sets. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const http = new Histogram({
    name: 'waybill_http_request_duration_seconds',
    help: 'HTTP requests answered, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const logins = new Counter({
    name: 'waybill_login_failures_total',
    help: 'Requests with a token that was not accepted, or without one, by reason.',
    labelNames: ['reason'],
    registers: [registry],
  })
  const sources = sourceMetrics(registry, SECONDS)
  const operations = operationMetrics(registry, SECONDS)
  const syncs = syncCounters(registry)
  return {
    sources,
    httpRequest: ({ method, route, status, durationMs }) =>
      http.observe({ method: METHODS.has(method) ? method : 'other', route, status }, durationMs / 1000),
    operation: (observation) => operations.observe(observation),
    loginFailed: (reason) => logins.inc({ reason }),
    syncEvent: (event) => syncs.count(event),
    follow: (archive, ids) => followArchive(registry, archive, ids),
    render: () => registry.metrics(),
    snapshot: () => registry.getMetricsAsJSON(),
    contentType: registry.contentType,
  }
}

/** What several processes have counted as one, in Prometheus' text format: counters are added up, as is what gauges show. */
export function addUp(snapshots: readonly unknown[]): Promise<string> {
  return AggregatorRegistry.aggregate([...snapshots] as object[]).metrics()
}

/**
 * Figures as a caller sees them for whom only some sources exist.
 * @param text in Prometheus' text format
 * @param sources their ids; null: all exist
 */
export function figuresOf(text: string, sources: ReadonlySet<string> | null): string {
  if (sources === null) return text
  return text
    .split('\n')
    .filter((line) => {
      const source = line.startsWith('#') ? undefined : /[{,]source="([^"]*)"/.exec(line)?.[1]
      return source === undefined || sources.has(source)
    })
    .join('\n')
}
