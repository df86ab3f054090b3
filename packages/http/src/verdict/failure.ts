import { toSeconds } from '../time/deadline.js'
import { ERROR_CODES, UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import type { UpstreamClientOptions, UpstreamFailure } from '../options/client-options.js'
import type { Answer } from '../exchange/answer.js'
import type { Redact } from '../text/redact.js'
import { parseHttpDate, parseRetryAfter } from '../time/retry.js'
import { readErrorBody } from './error-body.js'

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

function remedy({ code, isCut = false }: Failure, retryAfterSeconds: number | undefined): string {
  if (!retryAfterSeconds || !ERROR_CODES[code].retryable) return ERROR_CODES[code].remedy
  const wait = `Wait ${retryAfterSeconds} s, then try again.`
  return isCut ? `It asked for a longer wait than limits.maxRetryAfterSeconds allows. ${wait}` : wait
}

/** Statuses of 5xx that say something about the request or the server's set-up, which the next try would meet again. */
const LASTING: ReadonlySet<number> = new Set([501, 505, 506, 508, 510, 511])

const HAPPENED: Readonly<Record<UpstreamErrorCode, string>> = {
  UPSTREAM_UNAUTHORIZED: 'refused the credentials',
  UPSTREAM_FORBIDDEN: 'denied access',
  UPSTREAM_RATE_LIMITED: 'received too many requests',
  UPSTREAM_REJECTED: 'rejected the request',
  UPSTREAM_UNAVAILABLE: 'could not answer',
  UPSTREAM_TIMEOUT: 'did not answer in time',
  UPSTREAM_INVALID_RESPONSE: 'sent an answer that cannot be used',
}

/** What a 4xx or 5xx response means. */
export function judgeFailure(
  answer: Answer,
  classify: UpstreamClientOptions['classify'],
  redact: Redact,
  maxRetryAfterMs: number,
): Failure {
  const { status, headers } = answer
  const body = readErrorBody(answer.body.bytes, headers.get('content-type'), redact)
  const failure: UpstreamFailure = { status, ...body }
  return failureOf(answer, classify?.(failure) ?? codeOf(status), failure, maxRetryAfterMs)
}

/**
 * What a redirect means that is not followed. Its target is not told: it may hold anything.
 *
 * @param lost The parameters of ours that its target lacks or changes.
 */
export function judgeRedirect(answer: Answer, lost: readonly string[]): Failure {
  const why =
    lost.length === 0
      ? 'that is not followed'
      : `that loses or changes ${lost.join(', ')} of the query, so it is not followed: the upstream would send other rows`
  return {
    code: 'UPSTREAM_REJECTED',
    happened: `answered with a redirect ${why} (HTTP ${answer.status}); set baseUrl to the address that does not redirect`,
    status: answer.status,
    retryAfterMs: null,
    retryable: false,
  }
}

/** The failure of an answer, whatever its status says, once it is known what it means. */
export function failureOf(
  { status, headers }: Answer,
  code: UpstreamErrorCode,
  failure: UpstreamFailure,
  maxRetryAfterMs: number,
): Failure {
  const asked = retryAfterOf(headers)
  return {
    code,
    happened: `${HAPPENED[code]} (${describe(failure)})`,
    status,
    upstreamCode: failure.upstreamCode,
    retryAfterMs: asked === null ? null : Math.min(asked, maxRetryAfterMs),
    isCut: asked !== null && asked > maxRetryAfterMs,
    // Under a 2xx only what it means can tell whether it may be gone on the next try.
    retryable: (status < 300 || isPassing(status)) && ERROR_CODES[code].retryable,
  }
}

/** Of 4xx only 429 may be gone on the next try. Of 5xx most are, those of proxies beyond the standard included. */
function isPassing(status: number): boolean {
  return status === 429 || (status >= 500 && !LASTING.has(status))
}

/** What a 4xx or 5xx means by itself. */
export function codeOf(status: number): UpstreamErrorCode {
  if (status === 401) return 'UPSTREAM_UNAUTHORIZED'
  if (status === 403) return 'UPSTREAM_FORBIDDEN'
  if (status === 429) return 'UPSTREAM_RATE_LIMITED'
  return status >= 500 ? 'UPSTREAM_UNAVAILABLE' : 'UPSTREAM_REJECTED'
}

function describe({ status, upstreamCode, upstreamMessage }: UpstreamFailure): string {
  const name = upstreamCode === null ? `HTTP ${status}` : `HTTP ${status} ${upstreamCode}`
  const said = upstreamMessage === null ? name : `${name}: "${upstreamMessage}"`
  return status < 300 ? `an error inside an answer of ${said}` : said
}

/** A date is measured by the upstream's own clock where it shows that: ours may go wrong by more than the wait. */
function retryAfterOf(headers: Headers): number | null {
  const upstreamNow = parseHttpDate(headers.get('date') ?? '')
  return parseRetryAfter(headers.get('retry-after'), Number.isNaN(upstreamNow) ? Date.now() : upstreamNow)
}
