import { ERROR_CODES, UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import { valueAt } from '@waybill/http'

const MEANINGS: ReadonlyMap<unknown, UpstreamErrorCode> = new Map([
  ['UNAUTHORIZED', 'UPSTREAM_UNAUTHORIZED'],
  ['INSUFFICIENT_SCOPE', 'UPSTREAM_FORBIDDEN'],
  ['NOT_FOUND', 'UPSTREAM_REJECTED'],
  ['RATE_LIMIT_EXCEEDED', 'UPSTREAM_RATE_LIMITED'],
  ['INTERNAL_ERROR', 'UPSTREAM_UNAVAILABLE'],
])
const CODE_PLACES = [['error', 'code'], ['error_code'], ['code']]

/**
 * Refuses a body that says `success: false`, whatever its HTTP status said.
 *
 * @throws UpstreamError by the error code in the body; UPSTREAM_REJECTED where that is not a documented one.
 */
export function rejectFailure(body: unknown, source: string): void {
  if (valueAt(body, ['success']) !== false) return
  // An undocumented code is not quoted: it has not been cleaned of what the upstream may echo in it.
  const upstreamCode = CODE_PLACES.map((place) => valueAt(body, place)).find((found) => MEANINGS.has(found))
  const code = MEANINGS.get(upstreamCode) ?? 'UPSTREAM_REJECTED'
  const name = typeof upstreamCode === 'string' ? upstreamCode : 'without a documented error code'
  const message = `Source "${source}" reported a failure under HTTP 200 (${name}). ${ERROR_CODES[code].remedy}`
  throw new UpstreamError(code, message, {
    source,
    status: 200,
    upstreamCode: upstreamCode as string | undefined,
  })
}

/** Whether an error says no more than that there is no such message. */
export function isNotFound(error: unknown): boolean {
  return error instanceof UpstreamError && (error.status === 404 || error.upstreamCode === 'NOT_FOUND')
}
