import type { FilterOperator } from '../filter/clause.js'
import { isListOperator } from './operator.js'
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
