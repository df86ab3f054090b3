import type { Caller } from './caller.js'

/**
 * Why nobody was let in: no token at all, one that is not known or not valid, one that is too old, or the identity
 * provider's keys cannot be had.
 */
export type RefusalReason = 'NO_TOKEN' | 'UNKNOWN_TOKEN' | 'EXPIRED_TOKEN' | 'KEYS_UNAVAILABLE'

/** Nobody was let in. */
export interface Refusal {
  readonly reason: RefusalReason
  /** For the client; the error code is UNAUTHENTICATED. */
  readonly message: string
}

const MESSAGES: Readonly<Record<RefusalReason, string>> = {
  NO_TOKEN: 'Send a valid token: `Authorization: Bearer …`.',
  UNKNOWN_TOKEN: 'Send a valid token: `Authorization: Bearer …`.',
  EXPIRED_TOKEN: 'The token has expired. Get a new one.',
  KEYS_UNAVAILABLE:
    "The identity provider's keys cannot be fetched, so no token can be checked. Try again later.",
}

/** The refusal for a reason. */
export function refuse(reason: RefusalReason): Refusal {
  return { reason, message: MESSAGES[reason] }
}

export function isRefusal(result: Caller | Refusal): result is Refusal {
  return 'reason' in result
}
