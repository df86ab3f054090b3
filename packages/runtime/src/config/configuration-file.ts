import type { CountryCode } from 'libphonenumber-js/min'
import type { Scope } from './scope.js'
import type { ServerLimits } from './server-limits.js'

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
  readonly workers?: number | undefined
  readonly auth?: 'none' | AuthSection | undefined
  readonly cursorKeys?: readonly string[] | undefined
  readonly cors?: { readonly origins: readonly string[] } | undefined
  readonly graphql?: GraphQLSection | undefined
  readonly limits?: Partial<ServerLimits> | undefined
}

/** What clients of `/graphql` may do. */
export interface GraphQLSection {
  readonly introspection?: boolean | undefined
  readonly graphiql?: boolean | undefined
  readonly documents?: DocumentsMode | undefined
  readonly documentsFile?: string | undefined
}

/** Whether clients may send the ids of known documents: not at all, as well as other documents, or nothing else. */
export type DocumentsMode = 'off' | 'prefer' | 'only'

/** Who may read what; at least one of the three is there. */
export interface AuthSection {
  readonly bearerTokens?: readonly string[] | undefined
  readonly tokens?: readonly TokenSection[] | undefined
  readonly jwt?: JwtSection | undefined
}

/** A token by its hash, with what its holder may do. */
export interface TokenSection {
  readonly name: string
  readonly sha256: string
  readonly scopes: readonly Scope[]
  readonly sources?: readonly string[] | undefined
  readonly expiresAt?: string | undefined
}

/** The identity provider whose tokens are accepted. */
export interface JwtSection {
  readonly issuer: string
  readonly audience: string
  readonly jwksUrl: string
  readonly scopesClaim?: string | undefined
  readonly sourcesClaim?: string | undefined
  readonly login?: LoginSection | undefined
}

/** How people log in with the identity provider, from the page of the server. */
export interface LoginSection {
  readonly clientId: string
  readonly scopes?: readonly string[] | undefined
  readonly parameters?: Readonly<Record<string, string>> | undefined
  readonly origins?: readonly string[] | undefined
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
