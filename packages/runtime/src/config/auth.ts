import type { AuthSection, JwtSection, LoginSection } from './configuration-file.js'
import type { Scope } from './scope.js'

/** A token that is known by its hash, with what its holder may do. */
export interface TokenAccess {
  /** What the log calls its holder. */
  readonly name: string
  /** SHA-256 of the token, 64 hexadecimal digits in lower case. */
  readonly sha256: string
  readonly scopes: readonly Scope[]
  /** Ids of the sources that exist for its holder; null: all. */
  readonly sources: readonly string[] | null
  /** From when on it is refused, in milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null
}

/** Signed tokens of an identity provider (RFC 7519) that are accepted. */
export interface JwtAccess {
  /** What the claim `iss` must be. */
  readonly issuer: string
  /** What the claim `aud` must be, or hold. */
  readonly audience: string
  /** Where its public keys are (RFC 7517). */
  readonly jwksUrl: string
  /** The claim that has the scopes, as a list or separated by spaces. */
  readonly scopesClaim: string
  /** The claim that has the ids of the sources, in the same form; a token without it has all sources. */
  readonly sourcesClaim: string
  /** How people log in from the page; null: they enter a token that they got elsewhere. */
  readonly login: LoginAccess | null
}

/** The page as a public client of the identity provider (RFC 6749, RFC 7636), which it finds by the issuer. */
export interface LoginAccess {
  readonly clientId: string
  /** What is requested of the identity provider. */
  readonly scopes: readonly string[]
  /** Further parameters of the requests for authorization and for tokens, such as `audience` or `resource`. */
  readonly parameters: Readonly<Record<string, string>>
  /** Where the identity provider's endpoints are, beside the origin of the issuer. */
  readonly origins: readonly string[]
}

/** Who may query the server: everybody, or whoever proves to be one of these callers. */
export type ServerAuth =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'bearer'
      /** Tokens with all scopes and sources. */
      readonly bearerTokens: readonly string[]
      readonly tokens: readonly TokenAccess[]
      readonly jwt: JwtAccess | null
    }

/** What a sound section means. */
export function fillAuth(auth: 'none' | AuthSection): ServerAuth {
  if (auth === 'none') return { kind: 'none' }
  const { bearerTokens = [], tokens = [], jwt = null } = auth
  return {
    kind: 'bearer',
    bearerTokens,
    tokens: tokens.map(({ name, sha256, scopes, sources = null, expiresAt }) => ({
      name,
      sha256: sha256.toLowerCase(),
      scopes,
      sources,
      expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
    })),
    jwt: jwt && fillJwt(jwt),
  }
}

function fillJwt({
  issuer,
  audience,
  jwksUrl,
  scopesClaim = 'scope',
  sourcesClaim = 'waybill_sources',
  login,
}: JwtSection): JwtAccess {
  return { issuer, audience, jwksUrl, scopesClaim, sourcesClaim, login: login ? fillLogin(login) : null }
}

function fillLogin({
  clientId,
  scopes = ['openid', 'messages:read', 'messages:content'],
  parameters = {},
  origins = [],
}: LoginSection): LoginAccess {
  return { clientId, scopes, parameters, origins }
}
