import { GraphQLError } from 'graphql'

/**
 * The error for variables that hold an integer beyond 2^53 as a JSON number; null where none does. Its digits were
 * rounded when the request was read, and as an id it would be another one.
 */
export function checkVariables(variables: unknown): GraphQLError | null {
  const name = findRounded(variables, '')
  if (name === null) return null
  const message = `Variable "$${name}" is an integer beyond ${Number.MAX_SAFE_INTEGER}, and JSON numbers lose digits beyond it. Send it as text, in quotes.`
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } })
}

/** Where the first one is: `filter.interactionId.eq`. */
function findRounded(value: unknown, name: string): string | null {
  if (typeof value === 'number') {
    return Number.isInteger(value) && !Number.isSafeInteger(value) ? name : null
  }
  if (typeof value !== 'object' || value === null) return null
  for (const [key, member] of Object.entries(value)) {
    const found = findRounded(member, name === '' ? key : `${name}.${key}`)
    if (found !== null) return found
  }
  return null
}
