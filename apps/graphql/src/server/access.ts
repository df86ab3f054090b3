import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'
import type { ServerAuth } from '@waybill/runtime'

/** Says whether the value of an `Authorization` header is good enough. */
export type Authenticate = (authorization: string | undefined) => boolean

/** Makes the check for a configuration. How long it takes says nothing about the tokens. */
export function createAuthenticate(auth: ServerAuth): Authenticate {
  if (auth.kind === 'none') return () => true
  const accepted = auth.tokens.map(digest)
  return (authorization) => {
    const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return false
    const given = digest(token)
    // All are compared, whichever matches. Digests are of one length, as the comparison needs.
    return accepted.filter((candidate) => timingSafeEqual(candidate, given)).length > 0
  }
}

function digest(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/**
 * Whether a request may come in under this `Host` header at a server that answers everybody on this machine.
 * A page of another site can have its own name point here, and would then pass for ours: only names that cannot be
 * made to do that are taken.
 *
 * @param host where the server listens.
 */
export function isAllowedHost(header: string | undefined, host: string): boolean {
  const name = hostname(header ?? '')
  return (
    isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || name === host.toLowerCase()
  )
}

function hostname(header: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d*)?$/.exec(header)?.[1]
  return (bracketed ?? header.replace(/:\d*$/, '')).toLowerCase()
}
