import type { MessageProvider, UpstreamAttempt, UpstreamPause } from '@waybill/core'
import type { EngineObserver } from '@waybill/engine'
import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Counts what sources do: their upstream requests, their calls by the engine, their pages and warnings. */
export interface SourceMetrics {
  upstreamAttempt(attempt: UpstreamAttempt): void
  upstreamPause(pause: UpstreamPause): void
  /** The same provider, whose calls are measured. */
  measured(source: string, provider: MessageProvider): MessageProvider
  readonly engine: EngineObserver
}

/** A member that is added to providers must be added here too. */
type Whole = { readonly [Name in keyof Required<MessageProvider>]: MessageProvider[Name] | undefined }

export function sourceMetrics(registry: Registry, buckets: readonly number[]): SourceMetrics {
  const registers = [registry]
  const attempts = new Histogram({
    name: 'waybill_upstream_attempt_duration_seconds',
    help: 'HTTP requests sent upstream, by source and response status; "none" without a response.',
    labelNames: ['source', 'status'],
    buckets: [...buckets],
    registers,
  })
  const retries = new Counter({
    name: 'waybill_upstream_retries_total',
    help: 'HTTP requests sent upstream again, because an earlier one failed, by source.',
    labelNames: ['source'],
    registers,
  })
  const paused = new Gauge({
    name: 'waybill_upstream_paused',
    help: '1 while a source that keeps failing is paused, otherwise 0, by source.',
    labelNames: ['source'],
    registers,
  })
  const waits = new Histogram({
    name: 'waybill_upstream_wait_seconds',
    help: 'How long HTTP requests waited for the rate limit and for their turn, by source.',
    labelNames: ['source'],
    buckets: [...buckets],
    registers,
  })
  const calls = new Histogram({
    name: 'waybill_source_call_duration_seconds',
    help: 'Calls of sources, live or archived, by call and outcome: ok or failed.',
    labelNames: ['source', 'call', 'outcome'],
    buckets: [...buckets],
    registers,
  })
  const pages = new Counter({
    name: 'waybill_source_pages_total',
    help: 'Pages that queries needed, by where they came from: kept in memory, shared with a request under way, or fetched.',
    labelNames: ['source', 'from'],
    registers,
  })
  const warnings = new Counter({
    name: 'waybill_source_warnings_total',
    help: 'Warnings in answers, by source and code.',
    labelNames: ['source', 'code'],
    registers,
  })
  const measure = async <Result>(
    source: string,
    call: 'list' | 'get' | 'find' | 'count',
    run: () => Promise<Result>,
  ): Promise<Result> => {
    const end = calls.startTimer({ source, call })
    try {
      const result = await run()
      end({ outcome: 'ok' })
      return result
    } catch (error) {
      end({ outcome: 'failed' })
      throw error
    }
  }
  return {
    upstreamAttempt: ({ source, status, durationMs, isRetry = false, waitedMs = 0 }) => {
      attempts.observe({ source, status: status ?? 'none' }, durationMs / 1000)
      waits.observe({ source }, waitedMs / 1000)
      if (isRetry) retries.inc({ source })
    },
    upstreamPause: ({ source, pauseMs }) => paused.set({ source }, pauseMs === 0 ? 0 : 1),
    measured: (source, provider) => {
      const { list, stream, get, find, count, history } = provider
      const whole: Whole = {
        name: provider.name,
        capabilities: provider.capabilities,
        list: (request, call) => measure(source, 'list', () => list.call(provider, request, call)),
        stream: stream?.bind(provider),
        get: get && ((id, call) => measure(source, 'get', () => get.call(provider, id, call))),
        find: find && ((id, call) => measure(source, 'find', () => find.call(provider, id, call))),
        count:
          count && ((request, call) => measure(source, 'count', () => count.call(provider, request, call))),
        history: history?.bind(provider),
      }
      const members = Object.entries(whole).filter(([, member]) => member !== undefined)
      return Object.fromEntries(members) as unknown as MessageProvider
    },
    engine: {
      page: (source, from) => pages.inc({ source, from }),
      answered: (reports) => {
        for (const { source, warnings: found } of reports)
          for (const { code } of found) warnings.inc({ source, code })
      },
    },
  }
}
