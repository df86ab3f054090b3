import { type Scope, SCOPES } from '@waybill/runtime'

/** Who asks, and what they may do and see. */
export interface Caller {
  /** What the log calls them; never a secret. */
  readonly name: string
  readonly scopes: ReadonlySet<Scope>
  /** Ids of the sources that exist for them; null: all. */
  readonly sources: ReadonlySet<string> | null
  /** When their token ends, in milliseconds since the epoch; null: never. */
  readonly expiresAt: number | null
}

/** Whoever asks a server without access control. */
export const EVERYBODY: Caller = {
  name: 'everybody',
  scopes: new Set(SCOPES),
  sources: null,
  expiresAt: null,
}

/** Whoever could not be let in. */
export const NOBODY: Caller = { name: 'nobody', scopes: new Set(), sources: new Set(), expiresAt: null }
