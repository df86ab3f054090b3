import { formatDateTime, parseDateTime } from '@waybill/core'
import { type ConstValueNode, GraphQLError, print } from 'graphql'
import { builder } from './builder.js'

/** Declares the scalar DateTime: ISO 8601 outside, milliseconds since the epoch inside. */
export function declareDateTime(): void {
  builder.scalarType('DateTime', {
    description:
      'A point in time in ISO 8601, date and time of day: `2026-04-24T12:34:56Z`, `2026-04-24T14:34:56+02:00`. ' +
      'Without an offset, it is UTC. Answers are in UTC, with milliseconds: `2026-04-24T12:34:56.000Z`.',
    coerceInputValue: (value) => readDateTime(value, JSON.stringify(value)),
    // Only with the literal in hand can the error say where in the query it stands.
    coerceInputLiteral: (literal) =>
      readDateTime(literal.kind === 'StringValue' ? literal.value : null, print(literal), literal),
    coerceOutputValue: (value) => formatDateTime(value) ?? new Date(value).toISOString(),
  })
}

function readDateTime(value: unknown, found: string, literal?: ConstValueNode): number {
  const time = typeof value === 'string' ? parseDateTime(value) : null
  if (time === null) {
    throw new GraphQLError(
      'DateTime must be an ISO 8601 date and time of day, such as "2026-04-24T12:34:56Z" or ' +
        `"2026-04-24T14:34:56+02:00", not ${found}.`,
      { nodes: literal },
    )
  }
  return time
}

/** Declares the scalar JSON, which only answers hold. */
export function declareJson(): void {
  builder.scalarType('JSON', {
    description: 'Any JSON value, exactly as the upstream sent it.',
    coerceOutputValue: (value) => value,
    coerceInputValue: () => {
      throw new GraphQLError('JSON occurs in answers only.')
    },
  })
}
