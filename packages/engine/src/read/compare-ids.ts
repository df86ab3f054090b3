import { isNatural } from '@waybill/core'

/** Orders upstream ids: integers by value, anything else as text by code unit. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0
  if (isNatural(a) && isNatural(b) && a.length !== b.length) return a.length - b.length
  return a < b ? -1 : 1
}
