import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { ServerAuth } from '@waybill/runtime'

/** What a caller may do: query messages, read their content, read the metrics. */
export type Scope = 'messages:read' | 'messages:content' | 'metrics:read'

/** Who sent a request, and what may be done for it. */
export interface Caller {
  /** For logs and limits; it is no secret. */
  readonly name: string
  readonly scopes: ReadonlySet<Scope>
  /** The sources that exist for this caller, by id; null: all. */
  readonly sources: ReadonlySet<string> | null
}

/** Finds who sent a request with these headers; null where the server wants a token and there is no valid one. */
export type ResolveCaller = (headers: IncomingHttpHeaders) => Caller | null | Promise<Caller | null>

const EVERY_SCOPE: ReadonlySet<Scope> = new Set(['messages:read', 'messages:content', 'metrics:read'])

/** Everybody, where the server wants no token. */
const ANYBODY: Caller = { name: 'anybody', scopes: EVERY_SCOPE, sources: null }

/** Makes the check for a configuration. How long it takes says nothing about the tokens. */
export function createResolveCaller(auth: ServerAuth): ResolveCaller {
  if (auth.kind === 'none') return () => ANYBODY
  const known = auth.tokens.map((token, index) => ({
    digest: digestOf(token),
    caller: { name: `bearerTokens[${index}]`, scopes: EVERY_SCOPE, sources: null },
  }))
  return ({ authorization }) => {
    const token = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]
    if (token === undefined) return null
    const given = digestOf(token)
    // All are compared, whichever matches. Digests are of one length, as the comparison needs.
    return known.filter(({ digest }) => timingSafeEqual(digest, given))[0]?.caller ?? null
  }
}

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
