/** Operators that compare whole values. */
export type EqualityOperator = 'eq' | 'ne' | 'in' | 'notIn'
/** Operators of texts. `startsWith` compares the beginning, letter case included. */
export type ValueOperator = EqualityOperator | 'startsWith'
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
  startsWith: 'starts_with',
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
