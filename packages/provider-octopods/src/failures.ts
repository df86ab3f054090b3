import { UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import type { UpstreamFailure } from '@waybill/http'

/** `DEPRECATED_API_KEY`: the key was rotated or revoked. */
const KEY_REFUSED = '6'
/** `Resource Not Found`: nothing was sent on this channel yet, or there is no such message. */
const NOT_FOUND = '2'
/** For a missing or unknown key no error code is documented, so the text has to tell. */
const KEY_NAMED = /api[ _-]?key|x-octopods-auth/i

/** Octopods answers 400 to everything; what it means is in the body. */
export function classify(failure: UpstreamFailure): UpstreamErrorCode | undefined {
  if (failure.status !== 400 || failure.upstreamCode === NOT_FOUND) return undefined
  const refused = failure.upstreamCode === KEY_REFUSED || KEY_NAMED.test(failure.upstreamMessage ?? '')
  return refused ? 'UPSTREAM_UNAUTHORIZED' : undefined
}

/**
 * Whether an error says no more than that there is nothing to be had. The error code has to say so: words alone may be
 * a proxy's or a wrong base URL's, and an empty list would hide it.
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof UpstreamError && error.status === 400 && error.upstreamCode === NOT_FOUND
}
