import { type FilterClause, isTimeClause, type MessageFilter, type ValueField } from '@waybill/core'
import type { WacrRow } from '@waybill/emulators'
import type { RangePlan } from './plan.js'

/** Whether a row matches, told as plainly as can be. */
export function isWanted(row: WacrRow, filter: MessageFilter): boolean {
  const sentAt = row.timeSent ?? row.createdAt
  return filter.every((clause) => {
    if (isTimeClause(clause))
      return clause.operator === 'gte' ? sentAt >= clause.value : sentAt < clause.value
    const value = valueOf(row, clause.field)
    if (value === null) return false
    return clause.values.includes(value) === (clause.operator === 'eq' || clause.operator === 'in')
  })
}

function valueOf(row: WacrRow, field: ValueField): string | null {
  if (field === 'direction') return row.direction.toUpperCase()
  if (field === 'status') return row.status?.toUpperCase() ?? null
  return row.interactionId === null ? null : String(row.interactionId)
}

/** The clauses of a range, whose ends are shares of the time that the rows cover. */
export function rangeClauses(range: RangePlan, rows: readonly WacrRow[]): FilterClause[] {
  const times = rows.map((row) => row.createdAt)
  const [begin, end] = [Math.min(...times), Math.max(...times)]
  const at = (share: number): number => Math.round((begin + share * (end - begin)) / 1000) * 1000
  if (rows.length === 0) return []
  return [
    ...(range.from === null ? [] : [{ field: 'sentAt', operator: 'gte', value: at(range.from) } as const]),
    ...(range.to === null ? [] : [{ field: 'sentAt', operator: 'lt', value: at(range.to) } as const]),
  ]
}
