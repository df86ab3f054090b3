import { type FilterClause, isTimeClause, type TimeOperator, type ValueClause } from '@waybill/core'
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { Dialect } from '../database/dialect.js'
import { encodeText } from '../database/encode-text.js'
import type { Tables } from '../database/tables.js'

type Column = 'status' | 'type' | 'direction' | 'interaction_id' | 'sender' | 'recipient'
type Builder = ExpressionBuilder<Tables, 'messages'>

/** Where a field is found. Either party stands in a column of its own. */
const COLUMNS: Readonly<Record<Exclude<ValueClause['field'], 'source'>, readonly Column[]>> = {
  status: ['status'],
  type: ['type'],
  direction: ['direction'],
  interactionId: ['interaction_id'],
  from: ['sender'],
  to: ['recipient'],
  phone: ['sender', 'recipient'],
}

const COMPARISONS: Readonly<Record<TimeOperator, '>' | '>=' | '<' | '<='>> = {
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
}

/** One clause of a filter in SQL, with the very meaning that `evaluateClause` gives it. */
export function conditionOf(
  clause: FilterClause,
  source: string,
  dialect: Dialect,
  eb: Builder,
): Expression<SqlBool> {
  if (isTimeClause(clause)) return eb('sent_at', COMPARISONS[clause.operator], clause.value)
  const isPositive = clause.operator === 'eq' || clause.operator === 'in'
  if (clause.field === 'source') return constant(clause.values.includes(source) === isPositive)
  const values = clause.values.map(encodeText)
  const columns = COLUMNS[clause.field]
  const among = columns.map((column) => isAmong(column, values, dialect, eb))
  if (isPositive) return eb.or(among)
  const isKnown = eb.or(columns.map((column) => eb(column, 'is not', null)))
  // What is not known is not among the values, and does not make the other party's number unknown.
  return eb.and([isKnown, ...among.map((each) => eb.not(eb.fn.coalesce(each, constant(false))))])
}

function isAmong(
  column: Column,
  values: readonly string[],
  dialect: Dialect,
  eb: Builder,
): Expression<SqlBool> {
  const [first] = values
  if (first === undefined) return constant(false)
  return values.length === 1 ? eb(column, '=', first) : dialect.isAmong(eb.ref(column), values)
}

function constant(value: boolean): Expression<SqlBool> {
  return value ? sql<SqlBool>`(1 = 1)` : sql<SqlBool>`(1 = 0)`
}
