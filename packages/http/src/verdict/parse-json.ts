/** Deeper than any message, and shallow enough for every recursive function that meets the value later. */
const MAX_DEPTH = 100

/** Thrown for a text that is not JSON or is nested too deeply; the message says which and quotes nothing. */
export class JsonFault extends Error {}

/**
 * The value of a JSON text. Members named `__proto__` are dropped: kept, they would change the prototype of whatever
 * object they are copied to.
 * @throws JsonFault
 */
export function parseJson(text: string): unknown {
  const value = parse(text)
  const pending: [value: unknown, depth: number][] = [[value, 1]]
  // A list of its own instead of recursion: the nesting is the sender's choice, the stack is ours.
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const [part, depth] = next
    if (typeof part !== 'object' || part === null) continue
    if (depth > MAX_DEPTH) throw new JsonFault(`JSON nested more than ${MAX_DEPTH} levels deep`)
    if (Object.hasOwn(part, '__proto__')) Reflect.deleteProperty(part, '__proto__')
    for (const member of Object.values(part)) pending.push([member, depth + 1])
  }
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new JsonFault('text that is not valid JSON, or only a part of it')
  }
}
