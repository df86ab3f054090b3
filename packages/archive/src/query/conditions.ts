import {
  type FilterClause,
  isTimeClause,
  type TimeOperator,
  type ValueClause,
  searchForm,
} from '@waybill/core'
import { type Expression, type ExpressionBuilder, sql, type SqlBool } from 'kysely'
import type { Dialect } from '../database/archive-database.js'
import { encodeValue, encodeText } from '../database/encoding.js'
import type { MessagesTable, Tables } from '../database/tables.js'

export type Builder = ExpressionBuilder<Tables, 'messages'>
export type Condition = Expression<SqlBool>
export type ValueColumn =
  | 'status'
  | 'type'
  | 'direction'
  | 'interaction_id'
  | 'sender'
  | 'recipient'
  | 'contact'

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
  contact: ['contact'],
}

/** How a bound on a time is written. */
export const COMPARISONS: Readonly<Record<TimeOperator, '>' | '>=' | '<' | '<='>> = {
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
}

export function columnsOf({ field }: ValueClause): readonly ValueColumn[] {
  return COLUMNS[field]
}

/** Whether it asks for values, whole or by their beginning, that a message has to have. */
export function isPositive({ operator }: ValueClause): boolean {
  return operator === 'eq' || operator === 'in' || operator === 'startsWith'
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
  const among = columns.map((each) => hasValue(each, clause, dialect, eb))
  if (isPositive(clause)) return eb.or(among)
  const isKnown = eb.or(columns.map((each) => eb(each, 'is not', null)))
  // What is not known is not among the values, and does not make the other party's number unknown.
  return eb.and([isKnown, ...among.map((each) => eb.not(eb.fn.coalesce(each, constant(false))))])
}

/** Whether a column has a value that a clause names, be it one that the clause excludes. */
export function hasValue(
  column: Expression<unknown>,
  { operator, values }: ValueClause,
  dialect: Dialect,
  eb: Builder,
): Condition {
  return operator === 'startsWith'
    ? startsWith(column, values[0] ?? '', eb)
    : isAmong(column, values, dialect, eb)
}

/** A span of the column's own order, which an index on it has side by side. */
function startsWith(column: Expression<unknown>, prefix: string, eb: Builder): Condition {
  const from = encodeText(prefix)
  const after = textAfter(from)
  return eb.and([eb(column, '>=', from), ...(after === null ? [] : [eb(column, '<', after)])])
}

/** The first text, byte by byte, after all that begin with this one; null where none follows. */
function textAfter(prefix: string): string | null {
  for (let end = prefix.length; end > 0; end -= 1) {
    const unit = prefix.charCodeAt(end - 1)
    if (unit < LAST_UNIT)
      return (
        prefix.slice(0, end - 1) +
        String.fromCharCode(unit === BEFORE_SURROGATES ? AFTER_SURROGATES : unit + 1)
      )
  }
  return null
}

/** Encoded texts hold no surrogates, so that the order of their bytes is that of their UTF-16 code units. */
const BEFORE_SURROGATES = 0xd7ff
const AFTER_SURROGATES = 0xe000
const LAST_UNIT = 0xffff

/** Whether a column has one of several values. */
function isAmong(
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
  const text = encodeText(searchForm(search))
  return {
    contains: dialect.contains(text),
    mayContain: dialect.canFind(text) ? dialect.mayContain(text) : null,
  }
}
