import { describeValue } from '@waybill/http'

const LONGEST = 60

/** Describes a value in a configuration. One that may be secret is not quoted. */
export function describeFound(value: unknown, isSecret: boolean): string {
  const isQuoted = !isSecret && value !== '' && ['string', 'number', 'boolean'].includes(typeof value)
  if (!isQuoted) return describeValue(value)
  const text = typeof value === 'string' && value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
  return JSON.stringify(text)
}
