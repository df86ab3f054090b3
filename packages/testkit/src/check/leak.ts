import { inspect } from 'node:util'
import { expectThat } from './conformance-failure.js'

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
