import {
  ConfigurationError,
  type ConfigurationIssue,
  type ProviderContext,
  type TrafficLimits,
  type UpstreamErrorCode,
} from '@waybill/core'

/** A response that is not a success, with what could be made of its body. */
export interface UpstreamFailure {
  /** 2xx where only the body reports the failure. */
  readonly status: number
  /** The upstream's error code, where the body had one, as text. */
  readonly upstreamCode: string | null
  /** The upstream's error text, cleaned and shortened; null where there is none. */
  readonly upstreamMessage: string | null
}

export interface UpstreamClientOptions extends ProviderContext {
  /** All paths are below it. */
  readonly baseUrl: URL
  /** Sent with every request, to this origin only. */
  readonly headers: Readonly<Record<string, string>>
  /** Credentials: never appear in a message, a log or a stack, whatever the upstream echoes. */
  readonly secrets: readonly string[]
  /** The code for a failure, where it differs from what the HTTP status or the words mean. */
  readonly classify?: ((failure: UpstreamFailure) => UpstreamErrorCode | undefined) | undefined
}

/** {@link TrafficLimits} with every default filled in. */
export type ResolvedLimits = { readonly [K in keyof TrafficLimits]-?: number }

/** The bounds that hold where nothing else is configured. */
const DEFAULT_LIMITS: ResolvedLimits = {
  attemptTimeoutMs: 10_000,
  totalTimeoutMs: 30_000,
  concurrency: 4,
  maxBodyBytes: 10 * 1024 * 1024,
  retries: 2,
  maxRetryAfterSeconds: 900,
}

/** Timers take no longer span: beyond it they go off at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export function resolveLimits(limits: TrafficLimits = {}): ResolvedLimits {
  return {
    attemptTimeoutMs: Math.min(limits.attemptTimeoutMs ?? DEFAULT_LIMITS.attemptTimeoutMs, LONGEST_TIMER_MS),
    totalTimeoutMs: Math.min(limits.totalTimeoutMs ?? DEFAULT_LIMITS.totalTimeoutMs, LONGEST_TIMER_MS),
    concurrency: limits.concurrency ?? DEFAULT_LIMITS.concurrency,
    maxBodyBytes: limits.maxBodyBytes ?? DEFAULT_LIMITS.maxBodyBytes,
    retries: limits.retries ?? DEFAULT_LIMITS.retries,
    maxRetryAfterSeconds: limits.maxRetryAfterSeconds ?? DEFAULT_LIMITS.maxRetryAfterSeconds,
  }
}

interface NumberRule {
  readonly least: number
  readonly whole: boolean
}

const WHOLE: NumberRule = { least: 1, whole: true }
const MILLISECONDS: NumberRule = { least: 1, whole: false }

const LIMIT_RULES = {
  attemptTimeoutMs: MILLISECONDS,
  totalTimeoutMs: MILLISECONDS,
  concurrency: WHOLE,
  maxBodyBytes: WHOLE,
  retries: { least: 0, whole: true },
  maxRetryAfterSeconds: { least: 1, whole: true },
} as const satisfies Record<string, NumberRule>

/**
 * Refuses options with which no request could be sent, or none could end. The errors of `fetch`
 * would quote URL and header values, including secrets; these do not.
 * @throws ConfigurationError
 */
export function checkOptions(options: UpstreamClientOptions): void {
  const issues = [
    ...checkBaseUrl(options.baseUrl),
    ...Object.entries(options.headers).flatMap(([name, value]) => checkHeader(name, value)),
    ...Object.entries(LIMIT_RULES).flatMap(([name, rule]) =>
      checkNumber(['limits', name], options.limits?.[name as keyof typeof LIMIT_RULES], rule),
    ),
    ...checkNumber(['rateLimit', 'requests'], options.rateLimit?.requests, WHOLE),
    ...checkShare(options.syncShare),
    ...checkNumber(['rateLimit', 'perSeconds'], options.rateLimit?.perSeconds, {
      least: 0.001,
      whole: false,
    }),
  ]
  if (issues.length > 0) throw new ConfigurationError(issues)
}

function checkBaseUrl(url: URL): ConfigurationIssue[] {
  const path = ['baseUrl']
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return [{ path, expected: 'an http or https URL', found: `the protocol ${url.protocol}` }]
  }
  if (url.username === '' && url.password === '') return []
  return [{ path, expected: 'a URL without user name and password', found: 'a URL with them' }]
}

function checkHeader(name: string, value: string): ConfigurationIssue[] {
  try {
    new Headers().set(name, value)
    return []
  } catch {
    const found = 'a line break or another character that it cannot carry'
    return [{ path: ['headers', name], expected: 'a name and value that an HTTP header can carry', found }]
  }
}

function checkShare(share: number | undefined): ConfigurationIssue[] {
  if (share === undefined || (share >= 0 && share <= 1)) return []
  return [{ path: ['syncShare'], expected: 'a number from 0 to 1', found: `${share}` }]
}

function checkNumber(path: string[], value: number | undefined, rule: NumberRule): ConfigurationIssue[] {
  if (value === undefined) return []
  if (Number.isFinite(value) && value >= rule.least && (!rule.whole || Number.isInteger(value))) return []
  return [
    { path, expected: `${rule.whole ? 'an integer' : 'a number'} from ${rule.least}`, found: `${value}` },
  ]
}
