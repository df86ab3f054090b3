import { WaybillError } from '@waybill/core'

/** The error of ours that a promise rejects with; anything else fails the test. */
export async function waybillError(promise: Promise<unknown>): Promise<WaybillError> {
  const outcome = await promise.then(
    (value: unknown) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome && outcome.error instanceof WaybillError) return outcome.error
  throw new Error('expected a WaybillError', { cause: outcome })
}
