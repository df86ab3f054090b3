/**
 * What a value is, in a few words that reveal none of its contents: safe to show whatever was sent or configured,
 * credentials in the wrong place included.
 */
export function describe(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'string')
    return value === '' ? 'empty text' : value.trim() === '' ? 'blank text' : 'text'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** What stands at a path within a value; undefined where there is nothing. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, step) => {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, step)) return undefined
    return Reflect.get(part, step) as unknown
  }, value)
}
