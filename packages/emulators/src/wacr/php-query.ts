/** A parameter's value as PHP reads it: text, or an array by key. */
export type PhpValue = string | Map<string, PhpValue>

/**
 * Reads `a[b][c]=value` parameters into nested arrays as PHP does: a repeated parameter replaces the one before it,
 * and `[]` counts up.
 */
export function parsePhpQuery(entries: readonly (readonly [string, string])[]): Map<string, PhpValue> {
  const root = new Map<string, PhpValue>()
  for (const [name, value] of entries) assign(root, keysOf(name), value)
  return root
}

/** The text of a value; undefined for an array. */
export function phpText(value: PhpValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function keysOf(name: string): string[] {
  const parts = /^([^[]+)((?:\[[^\]]*\])*)/.exec(name)
  if (parts === null) return [name]
  const inner = [...(parts[2] ?? '').matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
  return [parts[1] ?? '', ...inner]
}

function assign(array: Map<string, PhpValue>, [key = '', ...rest]: readonly string[], value: string): void {
  const name = key === '' ? String(array.size) : key
  if (rest.length === 0) {
    array.set(name, value)
    return
  }
  const present = array.get(name)
  const inner = present instanceof Map ? present : new Map<string, PhpValue>()
  array.set(name, inner)
  assign(inner, rest, value)
}
