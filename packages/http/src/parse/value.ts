import { isExactNumber, isInteger, toPlainNumbers } from '@waybill/core'
import * as z from 'zod/mini'

/**
 * What a value is, in a few words that reveal none of its contents: safe to show whatever was sent or configured,
 * credentials in the wrong place included.
 *
 * @example describeValue(['a']) === 'an array' // true
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array'
  if (typeof value === 'string') return describeText(value)
  if (isExactNumber(value)) return 'a number'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function describeText(text: string): string {
  if (text === '') return 'empty text'
  return text.trim() === '' ? 'blank text' : 'text'
}

/**
 * The part of a value at a path; undefined if it has none. Inherited members do not count.
 *
 * @example valueAt({ data: [{ id: 7 }] }, ['data', 0, 'id']) === 7 // true
 */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, step) => {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, step)) return undefined
    return Reflect.get(part, step) as unknown
  }, value)
}

/**
 * The items of a list; null for anything else. PHP sends a list from whose middle items were removed as an object with
 * numbered members.
 *
 * @example listIn({ 0: { id: 7 }, 2: { id: 5 } }) // [{ id: 7 }, { id: 5 }]
 */
export function listIn(value: unknown): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[]
  if (typeof value !== 'object' || value === null) return null
  const members = Object.entries(value)
  const isNumbered = members.every(([name, item]) => /^\d{1,9}$/.test(name) && typeof item === 'object')
  return members.length > 0 && isNumbered ? members.map(([, item]) => item as unknown) : null
}

/** MySQL's zero date. */
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

/**
 * An integer as its decimal notation, digit for digit; every other value as it is. For ids and figures that an upstream
 * sends as numbers here and as texts there.
 *
 * @example integerText(7) === '7' // true, and so for an exact number of 19 digits
 */
export function integerText(value: unknown): unknown {
  const plain = toPlainNumbers(value)
  if (typeof plain === 'number') return Number.isSafeInteger(plain) ? String(plain) : value
  return isExactNumber(plain) && isInteger(plain.rawJSON) ? plain.rawJSON : value
}
