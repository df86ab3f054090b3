import {
  type FilterClause,
  type MessageFilter,
  normalizePhone,
  type TimeOperator,
  type ValueField,
  type ValueOperator,
} from '@waybill/core'
import type { MessageFilterArgument, TimeOperands, ValueOperands } from './message-filter.js'

/** How the values of each field are brought into the one form that clauses have. */
const NORMALIZERS: Readonly<Record<ValueField, (value: string) => string>> = {
  source: String,
  status: String,
  type: String,
  direction: String,
  interactionId: String,
  from: normalizePhone,
  to: normalizePhone,
  phone: normalizePhone,
}

const VALUE_FIELDS = Object.keys(NORMALIZERS) as readonly ValueField[]
const VALUE_OPERATORS: readonly ValueOperator[] = ['eq', 'ne', 'in', 'notIn']
const TIME_OPERATORS: readonly TimeOperator[] = ['gte', 'gt', 'lt', 'lte']

/** The clauses that a filter argument stands for. What is null there is left out. */
export function filterClauses(filter: MessageFilterArgument | null | undefined): MessageFilter {
  const valueClauses = VALUE_FIELDS.flatMap((field) => clausesOfField(field, filter?.[field] ?? {}))
  return [...valueClauses, ...timeClauses(filter?.sentAt ?? {})]
}

function clausesOfField(field: ValueField, operands: ValueOperands): FilterClause[] {
  return VALUE_OPERATORS.flatMap((operator) => {
    const operand = operands[operator]
    if (operand === undefined || operand === null) return []
    const values = typeof operand === 'string' ? [operand] : operand
    return [{ field, operator, values: values.map(NORMALIZERS[field]) }]
  })
}

function timeClauses(operands: TimeOperands): FilterClause[] {
  return TIME_OPERATORS.flatMap((operator) => {
    const value = operands[operator]
    return value === undefined || value === null ? [] : [{ field: 'sentAt', operator, value }]
  })
}
