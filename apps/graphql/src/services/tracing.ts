import type { Environment } from '@waybill/runtime'

/** Traces that are sent to a collector. */
export interface Tracing {
  /** Sends what is left. Never throws: a collector that is gone must not keep the server from stopping. */
  close(): Promise<void>
}

/**
 * Begins to send traces where the environment names a collector (`OTEL_EXPORTER_OTLP_ENDPOINT` or
 * `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, OTLP over HTTP with JSON); null without one, and then no part of the SDK is even loaded. `OTEL_TRACES_SAMPLER_ARG` is the part of the
 * traces that is recorded, from 0 to 1; the headers, the service name and the resource are taken from OpenTelemetry's variables too.
 */
export async function startTracing(environment: Environment): Promise<Tracing | null> {
  const traces = environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']
  const base = environment['OTEL_EXPORTER_OTLP_ENDPOINT']
  if (environment['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return null
  const url = isSet(traces) ? traces : isSet(base) ? `${base.replace(/\/+$/, '')}/v1/traces` : null
  if (url === null) return null
  const { exportTraces } = await import('./tracing-sdk.js')
  return exportTraces(url, readRatio(environment))
}

function readRatio({ OTEL_TRACES_SAMPLER_ARG: given }: Environment): number {
  const ratio = Number(given ?? 1)
  return ratio >= 0 && ratio <= 1 ? ratio : 1
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}
