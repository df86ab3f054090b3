import { UpstreamError, type UpstreamErrorCode } from '@waybill/core'
import { inspect } from 'node:util'
import { SOURCE } from './stage.js'
import { ConformanceFailure, expectEqual, expectThat } from '../check/conformance-failure.js'

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

/** @throws ConformanceFailure unless a call ended with the very reason that its signal was aborted with. */
export function expectReason(name: string, outcome: object, reason: Error): void {
  const found = 'error' in outcome ? outcome.error : outcome
  if (found !== reason) throw new ConformanceFailure(name, { expected: 'the reason of its signal', found })
}

/** @throws ConformanceFailure when a secret can be read anywhere in a value, whatever it is and however encoded. */
export function expectNoSecret(what: string, value: unknown, secrets: readonly string[]): void {
  const text = textOf(value)
  for (const [index, secret] of secrets.entries()) {
    const leaks = formsOf(secret).some((form) => text.includes(form))
    // The secret itself stays out of the test's output as well.
    expectThat(what, !leaks, 'no secret in it', new Leak(index))
  }
}

class Leak {
  readonly secret: string

  constructor(index: number) {
    this.secret = `secrets[${index}] of the world`
  }
}

function textOf(value: unknown): string {
  const shown = inspect(value, {
    depth: Infinity,
    showHidden: true,
    maxStringLength: null,
    maxArrayLength: null,
  })
  return value instanceof Error ? `${shown}\n${value.message}\n${value.stack}` : shown
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const encoded = [encodeURIComponent(secret), bytes.toString('base64'), bytes.toString('base64url')]
  return [secret, JSON.stringify(secret).slice(1, -1), ...encoded, bytes.toString('hex')]
}
