/**
 * The same object, whose calls are written down, those of what it makes included: with what it was called, and how many things
 * came back. An answer that costs other work takes another time.
 */
export function recorded<Target extends object>(name: string, target: Target, log: string[]): Target {
  return new Proxy(target, {
    get: (_, property): unknown => {
      const member: unknown = Reflect.get(target, property)
      if (typeof member !== 'function' || typeof property === 'symbol') return member
      return (...given: readonly unknown[]): unknown => {
        const call = `${name}.${property} ${JSON.stringify(given, writable)}`
        const result: unknown = Reflect.apply(member, target, given)
        log.push(call)
        if (!(result instanceof Promise))
          return isObject(result) ? recorded(`${name}.${property}`, result, log) : result
        return result.then((value: unknown) => {
          log.push(`${call}: ${countOf(value)}`)
          return value
        })
      }
    },
  })
}

const LATELY_MS = 3_600_000

function writable(key: string, value: unknown): unknown {
  // A source that is given on holds whatever it was asked for before.
  if (key === 'provider') return undefined
  if (typeof value === 'number' && Math.abs(value - Date.now()) < LATELY_MS) return 'lately'
  if (value instanceof Set || value instanceof Map) return [...value]
  return value instanceof AbortSignal || typeof value === 'function' ? undefined : value
}

/** How many messages, records or groups there are. */
function countOf(value: unknown): number {
  if (!isObject(value)) return value === null || value === undefined ? 0 : 1
  if (value instanceof Map) return value.size
  if ('messages' in value && Array.isArray(value.messages)) return value.messages.length
  return Object.keys(value).length
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
