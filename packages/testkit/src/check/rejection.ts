import { UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import { SOURCE } from '../read/stage.js'
import { ConformanceFailure, expectEqual, expectThat } from './conformance-failure.js'
import { expectNoSecret } from './leak.js'

/** What a call rejects with. @throws ConformanceFailure when it does not reject. */
export async function rejectionOf(what: string, call: () => Promise<unknown>): Promise<unknown> {
  // A promise is promised: what throws at once is a rejection too, to all who await it.
  const outcome = await attempt(call)
  if ('error' in outcome) return outcome.error
  throw new ConformanceFailure(what, { expected: 'a rejection', found: outcome.value })
}

/** @throws ConformanceFailure unless the call rejects with an UpstreamError that is fit to be shown. */
export async function expectUpstreamError(
  what: string,
  call: () => Promise<unknown>,
  secrets: readonly string[],
  code?: UpstreamErrorCode,
): Promise<UpstreamError> {
  const error = await rejectionOf(what, call)
  expectNoSecret(`${what}: the error`, error, secrets)
  if (!(error instanceof UpstreamError)) {
    throw new ConformanceFailure(what, { expected: 'an UpstreamError', found: error })
  }
  if (code !== undefined) expectEqual(`${what}: the error's code`, error.code, code)
  expectEqual(`${what}: the error's source`, error.source, SOURCE)
  expectThat(`${what}: the error's message`, error.message.length > 20, 'a sentence', error.message)
  return error
}

/** What became of a call, whatever it was. */
export async function attempt<T>(
  call: () => Promise<T>,
): Promise<{ readonly value: T } | { readonly error: unknown }> {
  try {
    return { value: await call() }
  } catch (error) {
    return { error }
  }
}
