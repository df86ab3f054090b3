import { z } from 'zod'

// The `error` of each part describes what is expected there; `schema-issues.ts` makes the report from it.

/** A text of the given form. */
export function text(expected: string, pattern: RegExp, description: string): z.ZodString {
  return z.string({ error: expected }).regex(pattern, { error: expected }).describe(description)
}

/** A switch. */
export function flag(description: string): z.ZodBoolean {
  return z.boolean({ error: 'true or false' }).describe(description)
}

/** An integer, both bounds included. */
export function integer(minimum: number, maximum: number, description: string): z.ZodInt {
  const error =
    maximum === Number.MAX_SAFE_INTEGER
      ? `an integer of at least ${minimum}`
      : `an integer from ${minimum} to ${maximum}`
  return z.int({ error }).min(minimum, { error }).max(maximum, { error }).describe(description)
}

/** A span of time. */
export function seconds(description: string): z.ZodNumber {
  const error = 'a number of seconds greater than 0'
  return z.number({ error }).positive({ error }).describe(description)
}
