/** How deep objects are looked into. */
const DEPTH = 5

/**
 * The members of an object and of the objects inside, by their names with dots between them. Of two with the same name, the
 * outer one.
 *
 * @example jsonMembers({ to: '+493023125380', text: { body: 'Hi' } }).get('text.body') // 'Hi'
 */
export function jsonMembers(
  value: Readonly<Record<string, unknown>>,
  prefix = '',
  depth = 1,
): Map<string, unknown> {
  const members = new Map(Object.entries(value).map(([key, member]) => [prefix + key, member]))
  if (depth === DEPTH) return members
  for (const [key, member] of Object.entries(value)) {
    if (!isJsonObject(member)) continue
    for (const [inner, each] of jsonMembers(member, `${prefix}${key}.`, depth + 1))
      if (!members.has(inner)) members.set(inner, each)
  }
  return members
}

/** Whether a value of JSON is an object; an exact number, which has no prototype, is not one. */
export function isJsonObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
