import { ERROR_CODES, type ErrorCode, type ErrorCodeInfo, type UpstreamErrorCode } from './codes.js'

/** The base of every error that Waybill throws on purpose. The message is safe to show to a client. */
export class WaybillError extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = new.target.name
    this.code = code
  }

  /** Who must act, whether trying again can help, and what to do. */
  get info(): ErrorCodeInfo {
    return ERROR_CODES[this.code]
  }

  /** Whether trying again later can help while nobody changes anything. */
  get isRetryable(): boolean {
    return this.info.retryable
  }
}

/** Where and how an upstream failed. */
export interface UpstreamErrorOptions extends ErrorOptions {
  /** Id of the source from the configuration. */
  readonly source: string
  /** The wait that the upstream requested, in seconds. */
  readonly retryAfterSeconds?: number | undefined
  /** HTTP status of the response, where there was one. */
  readonly status?: number | undefined
  /** The upstream's own error code, where its body had one. */
  readonly upstreamCode?: string | undefined
  /** The upstream's own words, for the operator only. */
  readonly upstreamWords?: string | undefined
  /**
   * Whether the cause stays until somebody changes something, such as a certificate that is not trusted. Default: as
   * the error code says.
   */
  readonly isPermanent?: boolean | undefined
}

/** A source could not be read. */
export class UpstreamError extends WaybillError {
  declare readonly code: UpstreamErrorCode
  readonly source: string
  readonly retryAfterSeconds: number | undefined
  readonly status: number | undefined
  readonly upstreamCode: string | undefined
  /**
   * The upstream's own words, shortened, without credentials and with numbers and e-mail addresses masked; only where the host asks for them
   * (`ProviderContext.upstreamWords`). They may hold parts of messages: show them to the operator, never to a client.
   */
  readonly upstreamWords: string | undefined
  readonly #isPermanent: boolean

  constructor(code: UpstreamErrorCode, message: string, options: UpstreamErrorOptions) {
    super(code, message, options)
    this.source = options.source
    this.retryAfterSeconds = options.retryAfterSeconds
    this.status = options.status
    this.upstreamCode = options.upstreamCode
    this.upstreamWords = options.upstreamWords
    this.#isPermanent = options.isPermanent ?? false
  }

  override get isRetryable(): boolean {
    return !this.#isPermanent && super.isRetryable
  }
}

/** One thing that is wrong in a configuration or in a provider's options. */
export interface ConfigurationIssue {
  /** Where: property names and array positions from the root of what was checked. */
  readonly path: readonly (string | number)[]
  readonly expected: string
  /** What stood there instead, described without revealing a secret. */
  readonly found: string
}

/** A configuration, or the options of one provider, cannot be used. Lists everything that is wrong at once. */
export class ConfigurationError extends WaybillError {
  declare readonly code: 'INVALID_CONFIGURATION'
  readonly issues: readonly ConfigurationIssue[]

  constructor(issues: readonly ConfigurationIssue[], options?: ErrorOptions) {
    super('INVALID_CONFIGURATION', issues.map(formatIssue).join('\n'), options)
    this.issues = issues
  }
}

function formatIssue(issue: ConfigurationIssue): string {
  const path = issue.path.map(formatStep).join('').replace(/^\./, '')
  return `${path === '' ? '(root)' : path}: expected ${issue.expected}, found ${issue.found}`
}

/** A name that could be mistaken for several steps, or for none, is put between brackets and quotes. */
function formatStep(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`
  return /^[\w$-]+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}
