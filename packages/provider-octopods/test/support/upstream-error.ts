import { UpstreamError } from '@waybill/core'

/** The UpstreamError that a promise rejects with; anything else fails the test. */
export async function upstreamError(promise: Promise<unknown>): Promise<UpstreamError> {
  const outcome = await promise.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome && outcome.error instanceof UpstreamError) return outcome.error
  throw new Error('expected an UpstreamError', { cause: outcome })
}
