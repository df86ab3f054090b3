import * as z from 'zod/mini'

/** MySQL's date that is none. */
const ZERO_DATE = /^0000-00-00(?:[T ]00:00:00(?:\.0+)?)?Z?$/

/**
 * Whether a value is one of the ways in which APIs, those in PHP above all, leave a field out: absent, null, the empty
 * text, `[]`, `{}`, and the date `0000-00-00 00:00:00`.
 */
export function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  if (typeof value === 'object') return Object.keys(value).length === 0
  return typeof value === 'string' && ZERO_DATE.test(value)
}

/**
 * Reads a field that may be left out: every way of saying nothing is null, anything else is for `schema` to read.
 *
 * @example optional(recordIdSchema) // 7, "7" → "7"; null, "", [], {}, nothing at all → null
 */
export function optional<T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T | null> {
  return z.pipe(
    z.transform((value: unknown) => (isNothing(value) ? null : value)),
    z.nullable(schema),
  )
}
