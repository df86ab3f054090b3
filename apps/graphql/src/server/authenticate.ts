import { createHash, timingSafeEqual } from 'node:crypto'
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
