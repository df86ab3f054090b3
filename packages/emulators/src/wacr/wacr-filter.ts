import type { WacrRow } from './wacr-row.js'

export type WacrFilterField = 'type' | 'status' | 'interaction_id' | 'direction'
export type WacrFilterOperator = 'eq' | 'ne' | 'in' | 'not_in'

/** One condition of the WHERE clause. */
export interface WacrFilterClause {
  readonly field: WacrFilterField
  readonly operator: WacrFilterOperator
  /** `eq` and `ne` compare with the first. */
  readonly values: readonly string[]
}

export const WACR_FILTER_FIELDS: readonly WacrFilterField[] = [
  'type',
  'status',
  'interaction_id',
  'direction',
]
export const WACR_FILTER_OPERATORS: readonly WacrFilterOperator[] = ['eq', 'ne', 'in', 'not_in']

/** Whether a row meets every clause. As in SQL, null meets none; text is compared as it is, case included. */
export function matchesFilter(row: WacrRow, filter: readonly WacrFilterClause[]): boolean {
  return filter.every((clause) => {
    const value = columnOf(row, clause.field)
    if (value === null) return false
    const listed = clause.values.includes(value)
    return clause.operator === 'eq' || clause.operator === 'in' ? listed : !listed
  })
}

function columnOf(row: WacrRow, field: WacrFilterField): string | null {
  if (field !== 'interaction_id') return row[field]
  return row.interactionId === null ? null : String(row.interactionId)
}
