import { isNatural } from '@waybill/core'
import * as z from 'zod/mini'
import { integerText } from './value.js'

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

/**
 * Whether a text can be the id of a database record: an integer from 0 with at most 20 digits (MySQL's largest is 18446744073709551615), in canonical notation,
 * so that each record has exactly one id, which can be a part of a path.
 */
export function isRecordId(text: string): boolean {
  return isNatural(text, 20)
}

/** Reads the id of a record, sent as a number or as text. */
export const recordIdSchema: z.ZodMiniType<string> = readWith('an integer', (value) => {
  const text = integerText(value)
  return typeof text === 'string' && isRecordId(text) ? text : null
})
