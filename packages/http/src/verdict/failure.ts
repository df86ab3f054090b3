import { ERROR_CODES, UpstreamError, type UpstreamErrorCode } from '@waybill/core'

/** Why a request did not yield a value. Everything in it is free of secrets already. */
export interface Failure {
  readonly code: UpstreamErrorCode
  /** What the source did, as the rest of a sentence that begins with its name. */
  readonly happened: string
  readonly status?: number
  readonly upstreamCode?: string | null
  /** How long the upstream asked to be left alone, as far as that is believed; null where it did not. */
  readonly retryAfterMs: number | null
  /** Whether it asked for longer than is believed. Absent: no. */
  readonly isCut?: boolean
  /** Whether trying again can help. */
  readonly retryable: boolean
}

/** The error for a failure that is final. It has no cause: those hold the request, URL and credentials included. */
export function toUpstreamError(failure: Failure, source: string, attempts: number): UpstreamError {
  const retryAfterSeconds = failure.retryAfterMs === null ? undefined : toSeconds(failure.retryAfterMs)
  const tries = attempts > 1 ? ` in ${attempts} attempts` : ''
  const message = `Source "${source}" ${failure.happened}${tries}. ${remedy(failure, retryAfterSeconds)}`
  return new UpstreamError(failure.code, message, {
    source,
    retryAfterSeconds,
    status: failure.status,
    upstreamCode: failure.upstreamCode ?? undefined,
  })
}

/** Whole seconds, rounded up: one who waits that long does not come too early. */
export function toSeconds(ms: number): number {
  return Math.ceil(ms / 1000)
}

function remedy({ code, isCut = false }: Failure, retryAfterSeconds: number | undefined): string {
  if (!retryAfterSeconds || !ERROR_CODES[code].retryable) return ERROR_CODES[code].remedy
  const wait = `Wait ${retryAfterSeconds} s, then try again.`
  return isCut
    ? `It asked to be left alone for longer than limits.maxRetryAfterSeconds, which is not believed. ${wait}`
    : wait
}
