import { ConfigurationError, type ConfigurationIssue } from '@waybill/core'
import type { UpstreamClientOptions } from '../client.js'

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
 * Refuses options with which no request could be sent, or none could end. What `fetch` would say of them later
 * quotes URL and header values, secrets included; this does not.
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

function checkNumber(path: string[], value: number | undefined, rule: NumberRule): ConfigurationIssue[] {
  if (value === undefined) return []
  if (Number.isFinite(value) && value >= rule.least && (!rule.whole || Number.isInteger(value))) return []
  return [
    { path, expected: `${rule.whole ? 'an integer' : 'a number'} from ${rule.least}`, found: `${value}` },
  ]
}
