import type { Redact } from '@waybill/http'
import type { Fields } from './logger.js'

/** Removes secrets from names and values, at any depth. A value that JSON cannot hold (a cycle) leaves a note in its place. */
export function cleanFields(fields: Fields, redact: Redact): Fields {
  try {
    return JSON.parse(JSON.stringify(fields, (_, value: unknown) => cleanValue(value, redact))) as Fields
  } catch {
    return {
      ...('message' in fields && { message: cleanValue(fields['message'], redact) }),
      fields: '[not representable]',
    }
  }
}

function cleanValue(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'number' || typeof value === 'bigint') return cleanNumber(value, redact)
  if (value instanceof Error) return redact(`${value.name}: ${value.message}`)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [redact(name), field]))
}

function cleanNumber(value: number | bigint, redact: Redact): unknown {
  const text = redact(String(value))
  return typeof value === 'number' && text === String(value) ? value : text
}
