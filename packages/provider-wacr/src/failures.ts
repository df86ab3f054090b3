import { UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import type { UpstreamFailure } from '@waybill/http'

const MEANINGS: ReadonlyMap<string | null, UpstreamErrorCode> = new Map([
  ['UNAUTHORIZED', 'UPSTREAM_UNAUTHORIZED'],
  ['INSUFFICIENT_SCOPE', 'UPSTREAM_FORBIDDEN'],
  ['NOT_FOUND', 'UPSTREAM_REJECTED'],
  ['RATE_LIMIT_EXCEEDED', 'UPSTREAM_RATE_LIMITED'],
  ['INTERNAL_ERROR', 'UPSTREAM_UNAVAILABLE'],
])
const NOT_FOUND: ReadonlySet<string | undefined> = new Set(['NOT_FOUND', '404'])

/** Under a 2xx the documented codes decide; otherwise the HTTP status does. */
export function classify({ status, upstreamCode }: UpstreamFailure): UpstreamErrorCode | undefined {
  return status < 300 ? MEANINGS.get(upstreamCode) : undefined
}

/** Whether an error only means that the message does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof UpstreamError && (error.status === 404 || NOT_FOUND.has(error.upstreamCode))
}
