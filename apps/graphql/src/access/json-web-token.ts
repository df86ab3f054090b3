import { type Scope, SCOPES, type JwtAccess } from '@waybill/runtime'
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import type { Caller } from './caller.js'
import { type Refusal, refuse } from './refusal.js'

/** Signatures by a private key alone: whoever reads the public keys cannot sign (RFC 8725, section 3.1). */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']

/** How far the clocks of the identity provider and of this machine may differ, in seconds. */
const CLOCK_TOLERANCE_S = 30

/** How long the identity provider may take to send its keys, in milliseconds. */
const KEYS_TIMEOUT_MS = 5_000

/** The most bytes of its keys: whoever answers in its place cannot fill the memory. */
const MOST_KEY_BYTES = 1024 * 1024

/**
 * Makes the check of an identity provider's tokens (RFC 7519): signature, issuer, audience, times. A token without an end
 * is refused. Its keys are fetched when the first token arrives, kept, and fetched anew for an unknown key, at most twice a
 * minute.
 */
export function createJwtCheck(
  { issuer, audience, jwksUrl, scopesClaim, sourcesClaim }: JwtAccess,
  now: () => number,
): (token: string) => Promise<Caller | Refusal> {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: KEYS_TIMEOUT_MS,
    [customFetch]: fetchKeys,
  })
  return async (token) => {
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['exp'],
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(now()),
      })
      return callerOf(payload, scopesClaim, sourcesClaim)
    } catch (error) {
      return refuse(reasonOf(error))
    }
  }
}

const fetchKeys: FetchImplementation = async (url, options) => {
  const response = await fetch(url, options)
  if (response.status !== 200 || response.body === null) return response
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body) {
    bytes += chunk.byteLength
    if (bytes > MOST_KEY_BYTES) throw new Error('The keys of the identity provider are too large.')
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks))
}

function reasonOf(error: unknown): Refusal['reason'] {
  if (error instanceof errors.JWTExpired) return 'EXPIRED_TOKEN'
  const isAboutKeys =
    !(error instanceof errors.JOSEError) ||
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === errors.JOSEError.code
  return isAboutKeys ? 'KEYS_UNAVAILABLE' : 'UNKNOWN_TOKEN'
}

function callerOf(payload: JWTPayload, scopesClaim: string, sourcesClaim: string): Caller {
  const scopes = wordsOf(payload[scopesClaim])
  const sources = payload[sourcesClaim]
  return {
    name: `jwt:${nameOf(payload.sub)}`,
    scopes: new Set(SCOPES.filter((scope): scope is Scope => scopes.includes(scope))),
    sources: sources === undefined ? null : new Set(wordsOf(sources)),
    expiresAt: payload.exp === undefined ? null : payload.exp * 1000,
  }
}

/** The texts of a claim: a list, or words separated by spaces (RFC 8693, section 4.2). Anything else has none. */
function wordsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '')
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : []
}

// The subject is the identity provider's text: it must not break a line of the log, nor fill it.
function nameOf(subject: unknown): string {
  return typeof subject === 'string' ? subject.replaceAll(/[^\w.@|:-]/g, '_').slice(0, 64) : ''
}
