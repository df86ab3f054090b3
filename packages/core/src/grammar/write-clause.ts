import type { FilterOperator } from '../filter/clause.js'
import { isListOperator, parameterName } from './operator.js'

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
