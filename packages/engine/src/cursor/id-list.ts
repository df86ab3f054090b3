import { isNatural } from '@waybill/core'
import type { Json } from './json.js'

/** No position remembers more rows on one side of it. */
const MAX_IDS = 1000
/** Such numbers are held exactly. */
const MOST_DIGITS = 15

/**
 * Neighbouring rows have neighbouring ids, so a list of integers is written as the first and the steps between:
 * a cursor stands on every edge, and this makes it several times shorter.
 */
export function packIds(ids: readonly string[]): Json {
  if (ids.length === 0 || !ids.every((id) => isNatural(id, MOST_DIGITS))) return [...ids]
  const numbers = ids.map(Number)
  return numbers.map((value, index) => (index === 0 ? value : value - (numbers[index - 1] ?? 0)))
}

/** The inverse of {@link packIds}; null for anything that it does not produce. */
export function unpackIds(packed: unknown): string[] | null {
  if (!Array.isArray(packed) || packed.length > MAX_IDS) return null
  if (packed.every((each) => typeof each === 'string')) return packed.every((id) => id !== '') ? packed : null
  let value = 0
  const ids: string[] = []
  for (const step of packed) {
    if (!Number.isSafeInteger(step)) return null
    value += step
    if (value < 0) return null
    ids.push(String(value))
  }
  return ids
}
