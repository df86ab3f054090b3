const LONGEST = 60

/** Describes a value in a configuration. A text that may be secret is not quoted. */
export function describeFound(value: unknown, secret: boolean): string {
  if (value === undefined) return 'nothing'
  if (value === '') return 'an empty text'
  if (typeof value === 'string') return secret ? 'a text' : quote(value)
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  return secret && value !== null ? `a ${typeof value}` : JSON.stringify(value)
}

function quote(text: string): string {
  return JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
}
