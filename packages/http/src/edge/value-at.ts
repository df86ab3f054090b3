/**
 * What stands at a path within a value; undefined where there is nothing, inherited members included.
 *
 * @example valueAt({ data: [{ id: 7 }] }, ['data', 0, 'id']) === 7 // true
 */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, step) => {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, step)) return undefined
    return Reflect.get(part, step) as unknown
  }, value)
}
