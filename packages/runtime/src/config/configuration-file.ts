import type { CountryCode } from 'libphonenumber-js/min'

/** What a configuration file may hold, as it is written there. `config.schema.json` says the same to editors. */
export interface ConfigurationFile {
  readonly $schema?: string | undefined
  readonly server?: ServerSection | undefined
  readonly sources: readonly SourceSection[]
  readonly archive?: { readonly url: string } | undefined
  readonly defaultCountry?: CountryCode | undefined
}

export interface ServerSection {
  readonly host?: string | undefined
  readonly port?: number | undefined
  readonly auth?: 'none' | { readonly bearerTokens: readonly string[] } | undefined
}

export interface SourceSection {
  readonly id: string
  readonly provider: string
  readonly label?: string | undefined
  readonly read?: 'live' | 'archive' | undefined
  readonly options?: Readonly<Record<string, unknown>> | undefined
  readonly rateLimit?: { readonly requests: number; readonly perSeconds: number } | undefined
  readonly upstreamWords?: boolean | undefined
  readonly sync?:
    | {
        readonly minPollSeconds?: number | undefined
        readonly maxPollSeconds?: number | undefined
        readonly maxStalenessSeconds?: number | undefined
        readonly reconcileRecentDays?: number | undefined
        readonly reconcileRecentHours?: number | undefined
        readonly reconcileAllDays?: number | undefined
        readonly detailPercent?: number | undefined
      }
    | undefined
  readonly limits?:
    | {
        readonly attemptTimeoutSeconds?: number | undefined
        readonly totalTimeoutSeconds?: number | undefined
        readonly concurrency?: number | undefined
        readonly retries?: number | undefined
        readonly maxRetryAfterSeconds?: number | undefined
        readonly maxBodyBytes?: number | undefined
      }
    | undefined
}
