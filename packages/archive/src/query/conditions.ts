import { type FilterClause, isTimeClause, type TimeOperator, type ValueClause, foldCase } from '@waybill/core'
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { Dialect } from '../database/archive-database.js'
import { encodeValue, encodeText } from '../database/encoding.js'
import type { MessagesTable, Tables } from '../database/tables.js'

export type Builder = ExpressionBuilder<Tables, 'messages'>
export type Condition = Expression<SqlBool>
export type ValueColumn = 'status' | 'type' | 'direction' | 'interaction_id' | 'sender' | 'recipient'

/** A column as it stands in a condition: as it is, or so that no index is used for it. */
export type ColumnReference = (column: keyof MessagesTable) => Expression<unknown>

/** Where a field is found. Either party stands in a column of its own. */
const COLUMNS: Readonly<Record<ValueClause['field'], readonly ValueColumn[]>> = {
  // No source is asked for other sources: `expectDeclared` refuses it.
  source: [],
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

export function columnsOf({ field }: ValueClause): readonly ValueColumn[] {
  return COLUMNS[field]
}

/** Whether it names values that a message has to have one of. */
export function isPositive({ operator }: ValueClause): boolean {
  return operator === 'eq' || operator === 'in'
}

/** One clause of a filter in SQL, with the very meaning that `evaluateClause` gives it. */
export function conditionOf(
  clause: FilterClause,
  dialect: Dialect,
  eb: Builder,
  column: ColumnReference = (name) => eb.ref(name),
): Condition {
  if (isTimeClause(clause)) return eb(column('sent_at'), COMPARISONS[clause.operator], clause.value)
  const columns = columnsOf(clause).map(column)
  const among = columns.map((each) => isAmong(each, clause.values, dialect, eb))
  if (isPositive(clause)) return eb.or(among)
  const isKnown = eb.or(columns.map((each) => eb(each, 'is not', null)))
  // What is not known is not among the values, and does not make the other party's number unknown.
  return eb.and([isKnown, ...among.map((each) => eb.not(eb.fn.coalesce(each, constant(false))))])
}

/** Whether a column has one of several values. */
export function isAmong(
  column: Expression<unknown>,
  values: readonly string[],
  dialect: Dialect,
  eb: Builder,
): Condition {
  const [first] = values.map(encodeValue)
  if (first === undefined) return constant(false)
  return values.length === 1 ? eb(column, '=', first) : dialect.isAmong(column, values.map(encodeValue))
}

function constant(value: boolean): Condition {
  return value ? sql<SqlBool>`(1 = 1)` : sql<SqlBool>`(1 = 0)`
}

/** A text that is searched for, in SQL. */
export interface SearchTerm {
  /** What a message has to satisfy. */
  readonly contains: Condition
  /** What the index on the text finds, those that satisfy it among them; null for what the index cannot say. */
  readonly mayContain: Condition | null
}

/** @param search null or empty: no search. */
export function toSearchTerm(search: string | null, dialect: Dialect): SearchTerm | null {
  if (search === null || search === '') return null
  const text = encodeText(foldCase(search))
  return {
    contains: dialect.contains(text),
    mayContain: dialect.canFind(text) ? dialect.mayContain(text) : null,
  }
}
