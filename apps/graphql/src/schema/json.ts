import { GraphQLError } from 'graphql'
import { builder } from './builder.js'

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
