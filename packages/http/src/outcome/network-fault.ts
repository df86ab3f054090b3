import type { UpstreamErrorCode } from '@waybill/core'
import type { Fault } from '../exchange/answer.js'
import { placeOf, type Failure } from './failure.js'
import { proxyHint, proxyOf, type Environment, type UsedProxy } from './proxy.js'

/** An error code of the system, of TLS, of zlib or of `fetch`: upper case, so neither an address nor a secret. */
const ERROR_CODE = /^[A-Z][A-Z0-9_]{2,60}$/
/** The body cannot be decompressed. */
const COMPRESSION = /^(?:Z_|ERR_BROTLI|ERR__ERROR|ERR_ZSTD)/

/** What kept a request from its answer. */
interface Cause {
  /** The error codes by which it is known. */
  readonly codes: RegExp
  readonly code?: UpstreamErrorCode
  /** The rest of a sentence that begins with the source; `place` is `host:port`. */
  readonly happened: (url: URL, place: string) => string
  readonly remedy: (url: URL) => string
  /** False: permanent until the operator changes something. */
  readonly retryable: boolean
  /** Whether no connection came about: then it is the one to the proxy, where there is a proxy. */
  readonly isConnecting: boolean
}

const CAUSES: readonly Cause[] = [
  unreachable(
    /^ENOTFOUND$/,
    ({ hostname }) => `the host name ${hostname} is unknown`,
    'Correct the host in options.baseUrl.',
    false,
  ),
  unreachable(
    /^EAI_/,
    ({ hostname }) => `the host name ${hostname} cannot be looked up now`,
    'Check the network and the name server of this machine, then try again.',
  ),
  unreachable(
    /^ECONNREFUSED$/,
    (_url, place) => `nothing accepts connections at ${place}`,
    'Check host and port in options.baseUrl, and that the upstream is running.',
  ),
  unreachable(
    /^(?:E(?:HOST|NET)(?:UNREACH|DOWN)|EADDRNOTAVAIL)$/,
    (_url, place) => `no network leads to ${place}`,
    'Check the network of this machine, and the host in options.baseUrl.',
  ),
  {
    ...unreachable(
      /TIMEDOUT|CONNECT_TIMEOUT/,
      (_url, place) => `${place} did not accept a connection in time`,
      'Check host and port in options.baseUrl, and whether a firewall is in between.',
    ),
    code: 'UPSTREAM_TIMEOUT',
  },
  certificate(
    /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED)$/,
    () => 'a certificate that this machine does not trust',
    'If the certificate or its authority is your own, name its PEM file in the environment variable NODE_EXTRA_CA_CERTS before the start.',
  ),
  certificate(
    /^CERT_HAS_EXPIRED$/,
    () => 'a certificate that has expired',
    'Have the certificate renewed, or correct the clock of this machine.',
  ),
  certificate(
    /^CERT_NOT_YET_VALID$/,
    () => 'a certificate that is not valid yet',
    'Correct the clock of this machine, or have the certificate replaced.',
  ),
  certificate(
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ hostname }) => `a certificate that is not for ${hostname}`,
    'Use a host name of the certificate in options.baseUrl.',
  ),
  certificate(/CERT/, () => 'a certificate that is not accepted', 'Have the certificate replaced.'),
  {
    codes:
      /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|RECORD_LENGTH_MISMATCH|HTTP_REQUEST|UNEXPECTED_MESSAGE/,
    happened: (_url, place) => `does not speak TLS at ${place}`,
    remedy: () =>
      'If it speaks plain HTTP there, options.baseUrl has to begin with http://; else correct the port.',
    retryable: false,
    isConnecting: false,
  },
  {
    codes: /^(?:ERR_SSL|ERR_TLS|EPROTO$)/,
    happened: (_url, place) => `did not agree on TLS at ${place}`,
    remedy: () =>
      'Check which versions of TLS the upstream takes, and whether it wants a client certificate.',
    retryable: false,
    isConnecting: false,
  },
  {
    codes: /^(?:ECONNRESET|ECONNABORTED|EPIPE|UND_ERR_SOCKET|HPE_\w+|HTTPParserError)$/,
    happened: (_url, place) => `closed the connection at ${place} without an answer in HTTP`,
    remedy: ({ protocol }) =>
      protocol === 'https:'
        ? 'Try again later.'
        : 'Try again later. If the upstream expects TLS there, options.baseUrl has to begin with https://.',
    retryable: true,
    isConnecting: false,
  },
]

/** What it means that no complete response came. */
export function judgeFault(fault: Fault, url: URL, environment: Environment): Failure {
  const name = fault.kind === 'network' ? nameOf(fault.error) : null
  const suffix = name === null ? '' : ` (${name})`
  if (name !== null && COMPRESSION.test(name)) {
    return failure('UPSTREAM_INVALID_RESPONSE', `sent a body that cannot be decompressed${suffix}`, false)
  }
  if (fault.begun) {
    const isLate = fault.kind === 'timeout' || /TIMEDOUT|TIMEOUT/.test(name ?? '')
    return isLate
      ? failure('UPSTREAM_TIMEOUT', `did not finish its response in time${suffix}`, true)
      : failure('UPSTREAM_UNAVAILABLE', `closed the connection before the end of its response${suffix}`, true)
  }
  const proxy = proxyOf(url, environment)
  if (proxy !== null) return judgeBehindProxy(fault, url, proxy, suffix)
  const hint = proxyHint(url, environment)
  if (fault.kind === 'timeout') {
    const late = failure('UPSTREAM_TIMEOUT', `did not answer in time at ${placeOf(url)}`, true)
    return hint === null ? late : { ...late, remedy: `Try again later. ${hint}` }
  }
  const cause = causeOf(fault.error)
  const { code = 'UPSTREAM_UNAVAILABLE', happened, remedy, retryable, isConnecting } = cause
  const hints = isConnecting && hint !== null ? ` ${hint}` : ''
  return {
    ...failure(code, happened(url, placeOf(url)) + suffix, retryable),
    remedy: remedy(url) + hints,
  }
}

/** As {@link judgeFault}, where the connection is one to a proxy, which connects to the upstream or refuses to. */
function judgeBehindProxy(
  fault: Fault,
  url: URL,
  { variable, url: proxy }: UsedProxy,
  suffix: string,
): Failure {
  const named = `the proxy ${placeOf(proxy)} of the environment variable ${variable}`
  const bypass = `where ${url.hostname} is reached without a proxy, add it to NO_PROXY before the start`
  if (fault.kind === 'timeout') {
    const happened = `did not answer in time at ${placeOf(url)} through ${named}`
    return {
      ...failure('UPSTREAM_TIMEOUT', happened, true),
      remedy: `Try again later, and check the proxy; ${bypass}.`,
    }
  }
  const status = refusalOf(fault.error)
  if (status !== null) {
    const happened = `could not be reached: ${named} refuses to connect to ${placeOf(url)} (HTTP ${status})`
    const remedy =
      status === 407
        ? `Put the user name and the password of the proxy into ${variable} before the start; ${bypass}.`
        : `Check which hosts and ports the proxy allows; ${bypass}.`
    return { ...failure('UPSTREAM_UNAVAILABLE', happened, status >= 500), remedy }
  }
  const cause = causeOf(fault.error)
  const { code = 'UPSTREAM_UNAVAILABLE', happened, remedy, retryable, isConnecting } = cause
  if (isConnecting) {
    const what = `${happened(proxy, placeOf(proxy))}; that is the proxy of the environment variable ${variable}`
    return {
      ...failure(code, what + suffix, retryable),
      remedy: `Check ${variable} and the proxy; ${bypass}.`,
    }
  }
  return {
    ...failure(code, `${happened(url, placeOf(url))}, through ${named}${suffix}`, retryable),
    remedy: `${remedy(url)} The proxy may be the cause, too; ${bypass}.`,
  }
}

/** The status with which a proxy refused to connect to the upstream: `fetch` has it in its message only. */
function refusalOf(error: unknown): number | null {
  const pattern = /^Proxy (?:response \((\d{3})\)|Authentication Required \((407)\))/
  for (const message of messagesOf(error)) {
    const [, status, required] = pattern.exec(message) ?? []
    if (status !== undefined || required !== undefined) return Number(status ?? required)
  }
  return null
}

function causeOf(error: unknown): Cause {
  const name = nameOf(error) ?? ''
  return CAUSES.find(({ codes }) => codes.test(name)) ?? otherCause(error)
}

function unreachable(codes: RegExp, why: Cause['happened'], remedy: string, retryable = true): Cause {
  const happened: Cause['happened'] = (url, place) => `could not be reached: ${why(url, place)}`
  return { codes, happened, remedy: () => remedy, retryable, isConnecting: true }
}

function certificate(codes: RegExp, which: (url: URL) => string, remedy: string): Cause {
  const happened: Cause['happened'] = (url, place) => `shows ${which(url)} at ${place}`
  return { codes, happened, remedy: () => remedy, retryable: false, isConnecting: false }
}

function otherCause(error: unknown): Cause {
  // `fetch` has no code for the ports that it never sends to, such as 6000.
  const isBadPort = messagesOf(error).includes('bad port')
  return {
    codes: /^/,
    happened: (_url, place) =>
      `could not be reached at ${place}${isBadPort ? ': no HTTP client sends to this port' : ''}`,
    remedy: () => (isBadPort ? 'Correct the port in options.baseUrl.' : 'Try again later.'),
    retryable: !isBadPort,
    isConnecting: !isBadPort,
  }
}

function messagesOf(error: unknown): string[] {
  return error instanceof Error ? [error.message, ...messagesOf(error.cause)] : []
}

function failure(code: UpstreamErrorCode, happened: string, retryable: boolean): Failure {
  return { code, happened, retryAfterMs: null, retryable }
}

/** The innermost error code: ky wraps the error of `fetch`, which wraps that of the socket. */
function nameOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const inner = nameOf(error.cause)
  if (inner !== null) return inner
  // Since Node.js 26 the parser's own code is missing.
  if (error.name === 'HTTPParserError') return error.name
  return 'code' in error && typeof error.code === 'string' && ERROR_CODE.test(error.code) ? error.code : null
}
