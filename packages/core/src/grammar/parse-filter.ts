import { parseClauses } from './filter-parser.js'
import type { GrammarIssue } from './issue/issue.js'
import type { Parameter, ParameterReading } from './input/parameter.js'
import { ParameterError } from './issue/parameter-error.js'
import type { QueryInput } from './input/query-input.js'
import { readParameters } from './input/read-parameters.js'
import type { FieldDefinitions, FilterSchema, FilterTree } from './schema.js'
import { toNode } from './untyped-clause.js'

/**
 * Reads the `filter[…]` parameters of a query into a syntax tree. All other parameters are passed over.
 *
 * @throws ParameterError (INVALID_FILTER) listing every mistake.
 *
 * @example parseFilter(schema, 'filter[status][in]=sent,failed&page=2')
 * // [{ field: 'status', operator: 'in', values: ['sent', 'failed'] }]
 */
export function parseFilter<D extends FieldDefinitions>(
  schema: FilterSchema<D>,
  input: QueryInput,
): FilterTree<D> {
  const reading: ParameterReading = {
    roots: ['filter'],
    maxLength: schema.maxLength,
    parameters: [],
    issues: [],
  }
  readParameters(reading, input)
  const tree = buildFilter(schema, reading.parameters, reading.issues)
  if (reading.issues.length > 0) throw new ParameterError('INVALID_FILTER', reading.issues)
  return tree
}

/** The tree of some filter parameters; what is wrong with them is added to `issues`. */
export function buildFilter<D extends FieldDefinitions>(
  schema: FilterSchema<D>,
  parameters: readonly Parameter[],
  issues: GrammarIssue[],
): FilterTree<D> {
  return parseClauses(schema.fields, parameters, issues).map((clause) => toNode<D>(clause))
}
