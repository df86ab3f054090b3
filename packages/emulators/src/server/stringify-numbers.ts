/** A copy of a JSON value in which every number is a string of digits. */
export function stringifyNumbers(value: unknown): unknown {
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return value.map(stringifyNumbers)
  if (typeof value !== 'object' || value === null) return value
  return stringifyFields(value)
}

/** The same for an object. */
export function stringifyFields(record: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([name, part]) => [name, stringifyNumbers(part)]))
}
