import type { TimeOperator, ValueOperator } from '../grammar/operator.js'

/** Fields that are compared with values. */
export type ValueField =
  | 'source'
  | 'status'
  | 'type'
  | 'direction'
  | 'interactionId'
  | 'from'
  | 'to'
  | 'phone'
  | 'contact'

/** Fields that every message has, though a source need not list them: where they are null, a clause on them may match. */
export type PartyField = 'from' | 'to' | 'contact'

/** Fields that are compared with a point in time. */
export type TimeField = 'sentAt'

/** Every field that a message filter knows. */
export type FilterField = ValueField | TimeField

/** A comparison with values. `in` and `notIn` hold any number of values, every other operator exactly one. */
export interface ValueClause {
  readonly field: ValueField
  readonly operator: ValueOperator
  /** In the normalized vocabulary: `FAILED`, not `failed`; phone numbers in the form of `normalizePhone`. */
  readonly values: readonly string[]
}

/** A comparison with a point in time. */
export interface TimeClause {
  readonly field: TimeField
  readonly operator: TimeOperator
  /** Milliseconds since the epoch. */
  readonly value: number
}

/** One clause of a message filter. */
export type FilterClause = ValueClause | TimeClause

/** A message filter: all clauses must hold; an empty one matches every message. */
export type MessageFilter = readonly FilterClause[]

export function isTimeClause(clause: FilterClause): clause is TimeClause {
  return clause.field === 'sentAt'
}
