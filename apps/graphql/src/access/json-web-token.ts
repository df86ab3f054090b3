import { hash } from 'node:crypto'
import { type Scope, SCOPES, type JwtAccess } from '@waybill/runtime'
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type FetchImplementation,
  type JWTPayload,
  jwtVerify,
} from 'jose'
import { LRUCache } from 'lru-cache'
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

/** How many callers are remembered, so that the requests of each of them come from the same caller. */
const MOST_CALLERS = 1000

/**
 * Makes the check of an identity provider's tokens (RFC 7519): signature, issuer, audience, times. A token without an end
 * is refused. Its keys are fetched when the first token arrives, kept, and fetched anew for an unknown key, at most twice a
 * minute.
 *
 * Every token is checked anew. What is shared are the callers: tokens with the same subject, scopes, sources and end give the same
 * object, so that equal requests of one caller can share an answer.
 */
export function createJwtCheck(
  { issuer, audience, jwksUrl, scopesClaim, sourcesClaim }: JwtAccess,
  now: () => number,
): (token: string) => Promise<Caller | Refusal> {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: KEYS_TIMEOUT_MS,
    [customFetch]: fetchKeys,
  })
  const callers = new LRUCache<string, Caller>({ max: MOST_CALLERS })
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
      return remembered(callerOf(payload, scopesClaim, sourcesClaim), payload.sub)
    } catch (error) {
      return refuse(reasonOf(error))
    }
  }

  function remembered(caller: Caller, subject: unknown): Caller {
    const { scopes, sources, expiresAt } = caller
    const key = JSON.stringify([subject, [...scopes], sources && [...sources].toSorted(), expiresAt])
    const known = callers.get(key)
    if (known !== undefined) return known
    callers.set(key, caller)
    return caller
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

const LONGEST_NAME = 64

// The subject is the identity provider's text: it must not break a line of the log, nor fill it. Limits count by the name,
// so different subjects keep different names.
function nameOf(subject: unknown): string {
  if (typeof subject !== 'string') return ''
  const cleaned = subject.replaceAll(/[^\w.@|:-]/g, '_')
  if (cleaned === subject && cleaned.length <= LONGEST_NAME) return subject
  const mark = `~${hash('sha256', subject).slice(0, 12)}`
  return cleaned.slice(0, LONGEST_NAME - mark.length) + mark
}
