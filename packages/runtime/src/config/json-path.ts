/** Property names and array positions from the root of the configuration. */
export type JsonPath = readonly (string | number)[]

/** Whether a path is the given one or leads below it. */
export function isWithin(path: JsonPath, ancestor: JsonPath): boolean {
  return ancestor.every((step, position) => path[position] === step)
}

/** Orders paths by name, array positions by number. */
export function comparePaths(a: JsonPath, b: JsonPath): number {
  const position = a.findIndex((step, index) => step !== b[index])
  const [left, right] = [a[position], b[position]]
  if (left === undefined || right === undefined) return a.length - b.length
  if (typeof left === 'number' && typeof right === 'number') return left - right
  return String(left) < String(right) ? -1 : 1
}

/** A JSON object or array. */
export function isContainer(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null
}

/** A JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value)
}
