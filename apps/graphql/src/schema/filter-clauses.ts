import {
  type FilterClause,
  type GrammarIssue,
  invalidValue,
  type MessageFilter,
  ParameterError,
  type PhoneOptions,
  readParty,
  type TimeOperator,
  type ValueField,
  type ValueOperator,
} from '@waybill/core'
import type { MessageFilterArgument, TimeOperands, ValueOperands } from './message-filter.js'

/** Whether the values of each field are phone numbers, which have one form in clauses. */
const IS_PARTY: Readonly<Record<ValueField, boolean>> = {
  source: false,
  status: false,
  type: false,
  direction: false,
  interactionId: false,
  from: true,
  to: true,
  phone: true,
  contact: true,
}

const VALUE_FIELDS = Object.keys(IS_PARTY) as readonly ValueField[]
const VALUE_OPERATORS: readonly ValueOperator[] = ['eq', 'ne', 'in', 'notIn', 'startsWith']
const TIME_OPERATORS: readonly TimeOperator[] = ['gte', 'gt', 'lt', 'lte']

/**
 * The clauses that a filter argument stands for. What is null there is left out.
 *
 * @throws ParameterError (INVALID_FILTER) listing every value that can be no phone number.
 */
export function filterClauses(
  filter: MessageFilterArgument | null | undefined,
  phones: PhoneOptions = {},
): MessageFilter {
  if (filter === null || filter === undefined) return []
  const issues: GrammarIssue[] = []
  const valueClauses = VALUE_FIELDS.flatMap((field) => {
    const operands = filter[field]
    return operands ? clausesOfField(field, operands, phones, issues) : NONE
  })
  if (issues.length > 0) throw new ParameterError('INVALID_FILTER', issues)
  return [...valueClauses, ...timeClauses(filter.sentAt ?? {})]
}

const NONE: readonly FilterClause[] = []

/** Whether the clauses on `source` among some clauses hold for a source. */
export function allowsSource(filter: MessageFilter, source: string): boolean {
  return filter.every(
    (clause) =>
      clause.field !== 'source' ||
      (clause.operator === 'eq' || clause.operator === 'in') === clause.values.includes(source),
  )
}

function clausesOfField(
  field: ValueField,
  operands: ValueOperands,
  phones: PhoneOptions,
  issues: GrammarIssue[],
): FilterClause[] {
  return VALUE_OPERATORS.flatMap((operator) => {
    const operand = operands[operator]
    if (operand === undefined || operand === null) return []
    const given = typeof operand === 'string' ? [operand] : operand
    if (!IS_PARTY[field]) return [{ field, operator, values: given }]
    const values = given.flatMap((text) => {
      const value = readParty(text, operator, phones)
      if (typeof value === 'string') return [value]
      issues.push(invalidValue(`filter.${field}.${operator}`, text, value))
      return []
    })
    return [{ field, operator, values }]
  })
}

function timeClauses(operands: TimeOperands): FilterClause[] {
  return TIME_OPERATORS.flatMap((operator) => {
    const value = operands[operator]
    return value === undefined || value === null ? [] : [{ field: 'sentAt', operator, value }]
  })
}
