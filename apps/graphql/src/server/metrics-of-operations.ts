import { ERROR_CODES } from '@waybill/core'
import { Counter, Histogram, type Registry } from 'prom-client'
import { shownName } from './shown-name.js'

/** A GraphQL request that was answered. */
export interface OperationObservation {
  /** `OK`, `CLIENT_GONE`, or the code of the first error. */
  readonly outcome: string
  /** As the client named it; undefined without a name, and for what is no operation. */
  readonly name: string | undefined
  readonly durationMs: number
}

/** Counts GraphQL requests. */
export interface OperationMetrics {
  observe(observation: OperationObservation): void
}

const OUTCOMES: ReadonlySet<string> = new Set([
  ...Object.keys(ERROR_CODES),
  'OK',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'INTERNAL_SERVER_ERROR',
  'RATE_LIMITED',
  'CLIENT_GONE',
])

/** Names are what clients send: this many get a time series, all others share one. */
const MOST_NAMES = 50
const NO_NAME = 'unnamed'
const OTHER = 'other'

export function operationMetrics(registry: Registry, buckets: readonly number[]): OperationMetrics {
  const outcomes = new Counter({
    name: 'waybill_graphql_operations_total',
    help: 'GraphQL requests by outcome: OK, or the code of the first error.',
    labelNames: ['outcome'],
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'waybill_graphql_operation_duration_seconds',
    help: 'Operations that were answered without an error, by name; "other" beyond the first 50 names.',
    labelNames: ['operation'],
    buckets: [...buckets],
    registers: [registry],
  })
  const named = new Set<string>()
  const labelOf = (given: string | undefined): string => {
    const name = given === undefined ? '' : shownName(given)
    if (name === '') return NO_NAME
    if (named.size < MOST_NAMES) named.add(name)
    return named.has(name) ? name : OTHER
  }
  return {
    observe: ({ outcome, name, durationMs }) => {
      outcomes.inc({ outcome: OUTCOMES.has(outcome) ? outcome : OTHER })
      // Names of what failed would let everybody fill the list.
      if (outcome === 'OK') durations.observe({ operation: labelOf(name) }, durationMs / 1000)
    },
  }
}
