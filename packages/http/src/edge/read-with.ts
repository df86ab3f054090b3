import * as z from 'zod/mini'

/**
 * A schema out of a function that reads a value of any kind, null for what it cannot read.
 *
 * @param expected What can be read, as the object of "expected …".
 *
 * @example const flag = readWith('0 or 1', (value) => (value === 0 ? false : value === 1 ? true : null))
 */
export function readWith<T>(expected: string, read: (value: unknown) => T | null): z.ZodMiniType<T> {
  return z.pipe(
    z.unknown(),
    z.transform((value, context): T => {
      const result = read(value)
      if (result !== null) return result
      context.issues.push({ code: 'custom', message: expected, input: value })
      return z.NEVER
    }),
  )
}
