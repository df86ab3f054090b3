import {
  isTimeClause,
  type FieldCapability,
  type FilterClause,
  type FilterOperator,
  type ProviderCapabilities,
  type SourceField,
  type TimeOperator,
  type ValueField,
  type ValueOperator,
} from '@waybill/core'
import { makeRows, SOURCE_FIELDS, TIME_OPERATORS, VALUE_OPERATORS } from '../world/rows.js'

/** An operator that a provider declares, with clauses that the engine may send. */
export interface DeclaredOperator {
  readonly field: SourceField | 'phone' | 'contact'
  readonly operator: FilterOperator
  readonly clauses: readonly FilterClause[]
}

/** All that the capabilities declare, in the values that rows of a world have, and some that none has. */
export function declaredClauses(capabilities: ProviderCapabilities): DeclaredOperator[] {
  const { fields } = capabilities
  const own = SOURCE_FIELDS.flatMap((field) => {
    const operators = [...VALUE_OPERATORS, ...TIME_OPERATORS].filter(
      (operator) => fields[field].operators?.[operator] !== undefined,
    )
    return operators.map((operator) => ({
      field,
      operator,
      clauses: operands(field, operator, capabilities),
    }))
  })
  const parties = (['phone', 'contact'] as const).flatMap((field) =>
    VALUE_OPERATORS.filter((operator) => capabilities[field]?.[operator] !== undefined).map((operator) => ({
      field,
      operator,
      clauses: valueOperands(field, operator, bothParties(capabilities), []),
    })),
  )
  return [...own, ...parties]
}

/** A clause with an operator, whatever the capabilities declare. */
export function clauseOf(
  field: ValueField | 'sentAt',
  operator: FilterOperator,
  values: readonly string[],
  time: number,
): FilterClause {
  const clause = { field, operator, values, value: time } as FilterClause
  return isTimeClause(clause)
    ? { field: 'sentAt', operator: operator as TimeOperator, value: time }
    : { field: clause.field, operator: operator as ValueOperator, values }
}

function operands(
  field: SourceField,
  operator: FilterOperator,
  capabilities: ProviderCapabilities,
): FilterClause[] {
  if (field === 'sentAt') return timesOf(capabilities).map((time) => clauseOf(field, operator, [], time))
  const values = sayableValues(field, capabilities)
  const capability = capabilities.fields[field]
  const known =
    operator === 'notIn' && capability.minListValues === 0 ? [clauseOf(field, operator, [], 0)] : []
  return [...known, ...valueOperands(field, operator, values, longestList(values, capability))]
}

function valueOperands(
  field: ValueField,
  operator: FilterOperator,
  values: readonly string[],
  longest: readonly string[],
): FilterClause[] {
  const lists = [values.slice(0, 1), values.slice(0, 2), values.slice(1), values, longest]
  if (operator === 'startsWith')
    return beginningsOf(values).map((each) => clauseOf(field, operator, [each], 0))
  const single = operator === 'eq' || operator === 'ne'
  const given = single ? values.map((value) => [value]) : lists.filter(({ length }) => length > 0)
  return given.map((each) => clauseOf(field, operator, each, 0))
}

/** The whole values, what they begin with, and what every text begins with. */
function beginningsOf(values: readonly string[]): string[] {
  return [...new Set(['', ...values.flatMap((value) => [value.slice(0, 1), value.slice(0, 3), value])])]
}

/** Numbers of senders and of recipients, some of them both. */
function bothParties(capabilities: ProviderCapabilities): string[] {
  return [...new Set([...sayableValues('from', capabilities), ...sayableValues('to', capabilities)])]
}

/** As many values as the provider declares for one list, each as long as an id may be; none without a declaration. */
function longestList(values: readonly string[], { domain, maxListValues = 0 }: FieldCapability): string[] {
  if (domain.kind !== 'integer' && domain.kind !== 'text') return []
  const more = Array.from({ length: maxListValues }, (_, index) => `${LONG_ID - BigInt(index)}`)
  return [...values, ...more].slice(0, maxListValues)
}

const LONG_ID = 9_223_372_036_854_775_807n

/** Times of rows, and times just beside them: an edge is where `gt` and `gte` differ. */
function timesOf(capabilities: ProviderCapabilities): number[] {
  const times = makeRows(capabilities, { count: 24 }).map(({ sentAt }) => sentAt)
  const chosen = times.filter((_, index) => index % 6 === 3)
  return chosen.flatMap((time) => [time - 1000, time, time + 1000])
}

function sayableValues(field: Exclude<SourceField, 'sentAt'>, capabilities: ProviderCapabilities): string[] {
  const capability: FieldCapability = capabilities.fields[field]
  const { domain } = capability
  const rows = makeRows(capabilities, { count: 24 })
  const present = new Set(rows.map((row) => row[field]).filter((value) => value !== null))
  if (domain.kind === 'values') return domain.values.filter((value) => value !== domain.rest)
  if (domain.kind === 'integer') return [...present, '999999', '-1', '0']
  return [...present, 'nobody', '+14155550199']
}
