import { defineFilterSchema, ParameterError, parseFilter, type QueryInput } from '../../src/index.js'

/** A schema with every kind of field, of an API that has nothing to do with messages. */
export const shopSchema = defineFilterSchema({
  name: { kind: 'string', operators: ['eq', 'ne', 'in', 'notIn', 'startsWith'] },
  code: { kind: 'string', operators: ['eq', 'in'], read: (text) => text.trim() },
  stock: { kind: 'integer', operators: ['eq', 'ne', 'in', 'notIn', 'gt', 'gte', 'lt', 'lte'] },
  state: { kind: 'enum', operators: ['eq', 'in', 'notIn'], values: ['onSale', 'soldOut'] },
  colour: { kind: 'enum', operators: ['eq', 'in'], values: ['RED', 'BLUE'], writtenIn: 'lowerCase' },
  created_at: { kind: 'time', operators: ['gt', 'gte', 'lt', 'lte'] },
  listed: { kind: 'boolean', operators: ['eq', 'ne'] },
})

/** The error that an input makes. */
export function filterErrorOf(input: unknown): ParameterError {
  return errorOf(() => parseFilter(shopSchema, input as QueryInput))
}

export function errorOf(act: () => unknown): ParameterError {
  try {
    act()
  } catch (error) {
    if (error instanceof ParameterError) return error
    throw error
  }
  throw new Error('Nothing was thrown')
}
