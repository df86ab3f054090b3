import { UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import type { UpstreamFailure } from '@waybill/http'

/** `DEPRECATED_API_KEY`: the key was rotated or revoked. */
const KEY_REFUSED = '6'
/** `Resource Not Found`: nothing was sent on this channel yet, or the message does not exist. */
const NOT_FOUND = '2'
/** For a missing or unknown key no error code is documented, so the text decides. */
const KEY_NAMED = /api[ _-]?key|x-octopods-auth/i
/** The rate limit is the key's, so its error may name the key. */
const TOO_FAST = /rate.?limit|too many|throttl/i

/** Octopods answers 400 to everything, or even 200; what it means is in the body. */
export function classify(failure: UpstreamFailure): UpstreamErrorCode | undefined {
  if (!saysNothing(failure.status)) return undefined
  if (failure.upstreamCode === NOT_FOUND) return 'UPSTREAM_REJECTED'
  const words = failure.upstreamMessage ?? ''
  const refused = failure.upstreamCode === KEY_REFUSED || (KEY_NAMED.test(words) && !TOO_FAST.test(words))
  return refused ? 'UPSTREAM_UNAUTHORIZED' : undefined
}

/**
 * Whether an error only means "nothing here". The error code decides: words alone may be
 * a proxy's or a wrong base URL's, and an empty list would hide it.
 */
export function isNotFound(error: unknown): boolean {
  return error instanceof UpstreamError && saysNothing(error.status) && error.upstreamCode === NOT_FOUND
}

/** Whether the body, not the HTTP status, has the meaning of a failure. */
function saysNothing(status: number | undefined): boolean {
  return status === 400 || status === 200
}
