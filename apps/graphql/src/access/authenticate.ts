import { hash, timingSafeEqual } from 'node:crypto'
import { SCOPES, type ServerAuth } from '@waybill/runtime'
import { type Caller, EVERYBODY } from './caller.js'
import { type Refusal, refuse } from './refusal.js'

/** Who sent an `Authorization` header (RFC 6750), or why that cannot be known; a promise where keys may have to be fetched. Never rejects. */
export type Authenticate = (authorization: string | undefined) => Caller | Refusal | Promise<Caller | Refusal>

/**
 * Makes the check for a configuration. How long it takes depends on no token of the configuration.
 *
 * @param now the time, in milliseconds since the epoch.
 */
export function createAuthenticate(auth: ServerAuth, now: () => number = Date.now): Authenticate {
  if (auth.kind === 'none') return () => EVERYBODY
  const known = knownTokens(auth)
  const { jwt } = auth
  // Its library is loaded where there is an identity provider, and nowhere else.
  const jwtCheck =
    jwt === null ? null : import('./json-web-token.js').then(({ createJwtCheck }) => createJwtCheck(jwt, now))
  return (authorization) => {
    const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return refuse('NO_TOKEN')
    const match = findToken(known, token)
    if (match !== null) {
      const { expiresAt } = match.caller
      return expiresAt !== null && expiresAt <= now() ? refuse('EXPIRED_TOKEN') : match.caller
    }
    return jwtCheck === null ? refuse('UNKNOWN_TOKEN') : jwtCheck.then((check) => check(token))
  }
}

interface KnownToken {
  readonly sha256: Buffer
  readonly caller: Caller
}

function knownTokens({ bearerTokens, tokens }: Extract<ServerAuth, { kind: 'bearer' }>): KnownToken[] {
  return [
    ...bearerTokens.map((token, index) => ({
      sha256: digest(token),
      caller: { name: `bearerTokens[${index}]`, scopes: new Set(SCOPES), sources: null, expiresAt: null },
    })),
    ...tokens.map(({ name, sha256, scopes, sources, expiresAt }) => ({
      sha256: Buffer.from(sha256, 'hex'),
      caller: { name, scopes: new Set(scopes), sources: sources && new Set(sources), expiresAt },
    })),
  ]
}

// All are compared, whichever matches. Digests are of one length, as the comparison needs.
function findToken(known: readonly KnownToken[], token: string): KnownToken | null {
  const given = digest(token)
  const [match = null] = known.filter(({ sha256 }) => timingSafeEqual(sha256, given))
  return match
}

function digest(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}
