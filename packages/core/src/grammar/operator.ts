export type ValueOperator = 'eq' | 'ne' | 'in' | 'notIn'
export type TimeOperator = 'gt' | 'gte' | 'lt' | 'lte'
export type FilterOperator = ValueOperator | TimeOperator

/** Operators whose operand is a list. */
export type ListOperator = 'in' | 'notIn'

/** How each operator is written in `filter[field][operator]`; equality is written by leaving the operator out. */
export const OPERATOR_TEXT: Readonly<Record<FilterOperator, string>> = {
  eq: '',
  ne: 'ne',
  in: 'in',
  notIn: 'not_in',
  gt: 'gt',
  gte: 'gte',
  lt: 'lt',
  lte: 'lte',
}

export function isListOperator(operator: FilterOperator): operator is ListOperator {
  return operator === 'in' || operator === 'notIn'
}

/** The parameter that says an operator of a field: `filter[status][not_in]`. */
export function parameterName(field: string, operator: FilterOperator): string {
  return operator === 'eq' ? `filter[${field}]` : `filter[${field}][${OPERATOR_TEXT[operator]}]`
}
