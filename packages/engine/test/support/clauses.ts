import type { FilterClause, TimeOperator, ValueField, ValueOperator } from '@waybill/core'

/** A clause on a field's values. */
export function where(field: ValueField, operator: ValueOperator, ...values: string[]): FilterClause {
  return { field, operator, values }
}

/** A clause on the time of sending. */
export function sentAt(operator: TimeOperator, value: number): FilterClause {
  return { field: 'sentAt', operator, value }
}
