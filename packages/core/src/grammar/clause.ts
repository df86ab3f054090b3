import { isListOperator, parameterName, type FilterOperator } from './operator.js'
import type { FieldDefinitions, FilterNode, FilterValue } from './schema.js'

/** A clause of any schema. `eq`, `ne` and the comparisons hold one value. */
export interface UntypedClause {
  readonly field: string
  readonly operator: FilterOperator
  readonly values: readonly FilterValue[]
}

/** The node of a clause that was made by following a schema. */
export function toNode<D extends FieldDefinitions>(clause: UntypedClause): FilterNode<D> {
  const { field, operator, values } = clause
  const node: unknown = isListOperator(operator)
    ? { field, operator, values }
    : { field, operator, value: values[0] }
  // Each part comes from the schema, which no type can say of the whole.
  return node as FilterNode<D>
}

export function toUntyped<D extends FieldDefinitions>(node: FilterNode<D>): UntypedClause {
  const { field, operator } = node
  return { field, operator, values: 'values' in node ? node.values : [node.value] }
}

/** A parameter before percent-encoding. */
export type WrittenParameter = readonly [name: string, value: string]

/**
 * The parameters that say one clause, before percent-encoding: one with the values between commas; one for each value
 * where a comma stands inside a value, or the only value of a list is empty and would read as the empty list.
 */
export function writeClause(
  field: string,
  operator: FilterOperator,
  values: readonly string[],
): readonly WrittenParameter[] {
  const name = parameterName(field, operator)
  if (!isListOperator(operator)) return values.map((value) => [name, value])
  const asArray = values.some((value) => value.includes(',')) || (values.length === 1 && values[0] === '')
  return asArray ? values.map((value) => [`${name}[]`, value]) : [[name, values.join(',')]]
}
