/**
 * What a value is, in a few words that reveal none of its contents: safe to show whatever was sent or configured,
 * credentials in the wrong place included.
 *
 * @example describeValue(['a']) === 'an array' // true
 */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'string') return describeText(value)
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

function describeText(text: string): string {
  if (text === '') return 'empty text'
  return text.trim() === '' ? 'blank text' : 'text'
}
