import type { Fault } from '../exchange/answer.js'
import type { Failure } from './failure.js'

/** An error code of the system, of TLS, of zlib or of `fetch`: upper case, so neither an address nor a secret. */
const ERROR_CODE = /^[A-Z][A-Z0-9_]{2,60}$/
const TIMEOUT = /TIMEDOUT|TIMEOUT/
/** Stay as they are until somebody puts a certificate right. */
const CERTIFICATE = /CERT|ERR_TLS|UNABLE_TO_/
/** The body cannot be decompressed. */
const COMPRESSION = /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD)/

/** What it means that no complete response came. */
export function judgeFault({ kind, begun, error }: Fault): Failure {
  const name = kind === 'network' ? nameOf(error) : null
  const suffix = name === null ? '' : ` (${name})`
  if (kind === 'timeout' || TIMEOUT.test(name ?? '')) {
    const happened = begun ? 'did not finish its response in time' : 'did not answer in time'
    return failure('UPSTREAM_TIMEOUT', happened + suffix, true)
  }
  if (COMPRESSION.test(name ?? '')) {
    return failure('UPSTREAM_INVALID_RESPONSE', `sent a body that cannot be decompressed${suffix}`, false)
  }
  const happened = begun ? 'closed the connection before the end of its response' : 'could not be reached'
  return failure('UPSTREAM_UNAVAILABLE', happened + suffix, !CERTIFICATE.test(name ?? ''))
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
