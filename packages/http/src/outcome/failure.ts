import { toSeconds } from '../time/deadline.js'
import { ERROR_CODES, UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import type { UpstreamClientOptions, UpstreamFailure } from '../options/client-options.js'
import type { Answer } from '../exchange/answer.js'
import { decodeText } from '../text/foreign-text.js'
import type { Redact } from '../text/redact.js'
import { parseHttpDate, parseRetryAfter } from '../time/retry.js'
import { readErrorBody } from './error-body.js'
import { namesFailure } from './failure-words.js'

/** Why a request did not yield a value. Everything in it is free of secrets already. */
export interface Failure {
  readonly code: UpstreamErrorCode
  /** What the source did, as the rest of a sentence that begins with its name. */
  readonly happened: string
  readonly status?: number
  readonly upstreamCode?: string | null
  /** The upstream's own words, for the operator only; null where there are none. */
  readonly words?: string | null
  /** The wait that the upstream requested, at most `maxRetryAfterSeconds`; null where it requested none. */
  readonly retryAfterMs: number | null
  /** Whether it asked for longer than is believed. Absent: no. */
  readonly isCut?: boolean
  /** Whether trying again can help. */
  readonly retryable: boolean
  /** What to do, as a full sentence. Absent: the remedy of the code. */
  readonly remedy?: string
}

/** The error for a failure that is final. It has no cause: those hold the request, URL and credentials included. */
export function toUpstreamError(
  failure: Failure,
  { source, upstreamWords = false }: Pick<UpstreamClientOptions, 'source' | 'upstreamWords'>,
  attempts: number,
): UpstreamError {
  const retryAfterSeconds = failure.retryAfterMs === null ? undefined : toSeconds(failure.retryAfterMs)
  const tries = attempts > 1 ? ` in ${attempts} attempts` : ''
  const message = `Source "${source}" ${failure.happened}${tries}. ${remedyOf(failure, retryAfterSeconds)}`
  return new UpstreamError(failure.code, message, {
    source,
    retryAfterSeconds,
    status: failure.status,
    upstreamCode: failure.upstreamCode ?? undefined,
    upstreamWords: (upstreamWords ? failure.words : null) ?? undefined,
    isPermanent: !failure.retryable,
  })
}

function remedyOf(
  { code, isCut = false, remedy = ERROR_CODES[code].remedy }: Failure,
  retryAfterSeconds: number | undefined,
): string {
  if (!retryAfterSeconds || !ERROR_CODES[code].retryable) return remedy
  const wait = `Wait ${retryAfterSeconds} s, then try again.`
  return isCut ? `It asked for a longer wait than limits.maxRetryAfterSeconds allows. ${wait}` : wait
}

/** Statuses of 5xx about the request or the server's set-up: a retry would get the same. */
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
  if (wantsTls(answer)) return tlsWanted(answer)
  return failureOf(answer, classify?.(failure) ?? codeOf(status), failure, maxRetryAfterMs)
}

/**
 * The failure of a redirect that is not followed. Its target is not shown: it may hold anything.
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

/** The failure of a response whose meaning is known, whatever its status. */
export function failureOf(
  { status, headers }: Answer,
  code: UpstreamErrorCode,
  failure: UpstreamFailure,
  maxRetryAfterMs: number,
): Failure {
  const asked = retryAfterOf(headers)
  const upstreamCode = safeCode(failure.upstreamCode)
  return {
    code,
    happened: `${HAPPENED[code]} (${describe(status, upstreamCode)})`,
    status,
    upstreamCode,
    words: failure.upstreamMessage,
    retryAfterMs: asked === null ? null : Math.min(asked, maxRetryAfterMs),
    isCut: asked !== null && asked > maxRetryAfterMs,
    // Under a 2xx only the code decides whether a retry can help.
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

/** How servers of TLS answer plain HTTP. */
const WANTS_TLS =
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|plain HTTP to an SSL-enabled/i

function wantsTls({ status, url, headers, body }: Answer): boolean {
  if (status !== 400 || url.protocol !== 'http:') return false
  return WANTS_TLS.test(decodeText(body.bytes, headers.get('content-type')))
}

function tlsWanted({ status, url }: Answer): Failure {
  return {
    code: 'UPSTREAM_REJECTED',
    happened: `expects TLS at ${placeOf(url)} (HTTP ${status})`,
    remedy: 'options.baseUrl has to begin with https://.',
    status,
    retryAfterMs: null,
    retryable: false,
  }
}

/** Host and port: all of a URL that holds neither ids nor credentials. */
export function placeOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port === '' ? (protocol === 'https:' ? '443' : '80') : port}`
}

const CODE_FORMS =
  /^(?:-?\d{1,6}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*|[a-z]+(?:[_.-][a-z]+)+|[A-Za-z]*(?:Error|Exception))$/

/** An upstream's code in one of the forms that codes have; anything else may be a part of a message. */
export function safeCode(code: string | null): string | null {
  if (code === null || /\d{7}/.test(code)) return null
  return CODE_FORMS.test(code) || (/^\w+$/.test(code) && namesFailure(code)) ? code : null
}

function describe(status: number, upstreamCode: string | null): string {
  const name = upstreamCode === null ? `HTTP ${status}` : `HTTP ${status} ${upstreamCode}`
  return status < 300 ? `an error inside an answer of ${name}` : name
}

/** A date is measured by the upstream's own clock where it shows that: ours may go wrong by more than the wait. */
function retryAfterOf(headers: Headers): number | null {
  const upstreamNow = parseHttpDate(headers.get('date') ?? '')
  return parseRetryAfter(headers.get('retry-after'), Number.isNaN(upstreamNow) ? Date.now() : upstreamNow)
}
