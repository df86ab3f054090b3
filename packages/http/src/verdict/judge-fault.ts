import type { Fault } from '../exchange/exchange.js'
import type { Failure } from './failure.js'

/** An error code of the system, of TLS, of zlib or of `fetch`: upper case, so never an address or a secret. */
const ERROR_CODE = /^[A-Z][A-Z0-9_]{2,60}$/
const TIMEOUT = /TIMEDOUT|TIMEOUT/
/** Stay as they are until somebody puts a certificate right. */
const CERTIFICATE = /CERT|ERR_TLS|UNABLE_TO_/
/** The body cannot be decompressed. */
const COMPRESSION = /^(?:Z_|ERR_BROTLI|ERR__ERROR|ZSTD_)/

/** What it means that no complete response came. */
export function judgeFault(fault: Fault): Failure {
  if (fault.kind === 'timeout') return failure('UPSTREAM_TIMEOUT', 'did not answer in time', true)
  const name = nameOf(fault.error)
  const suffix = name === null ? '' : ` (${name})`
  if (name === null)
    return failure('UPSTREAM_UNAVAILABLE', 'could not be reached, or broke off its answer', true)
  if (TIMEOUT.test(name)) return failure('UPSTREAM_TIMEOUT', `did not answer in time${suffix}`, true)
  if (COMPRESSION.test(name)) {
    return failure('UPSTREAM_INVALID_RESPONSE', `sent a body that cannot be decompressed${suffix}`, false)
  }
  const retryable = !CERTIFICATE.test(name)
  return failure('UPSTREAM_UNAVAILABLE', `could not be reached, or broke off its answer${suffix}`, retryable)
}

function failure(code: Failure['code'], happened: string, retryable: boolean): Failure {
  return { code, happened, retryAfterMs: null, retryable }
}

/** The innermost error code: ky wraps the error of `fetch`, which wraps that of the socket. */
function nameOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const inner = nameOf(error.cause)
  if (inner !== null) return inner
  return 'code' in error && typeof error.code === 'string' && ERROR_CODE.test(error.code) ? error.code : null
}
