import { isTimeClause, type MessageFilter } from '@waybill/core'

/** The span that all clauses on `sentAt` leave, both ends included, in milliseconds since the epoch. */
export interface TimeBounds {
  readonly from: number
  readonly to: number
}

export const ALL_TIME: TimeBounds = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

/** Times are whole milliseconds, so that an open end is the closed end one millisecond further in. */
export function timeBounds(filter: MessageFilter): TimeBounds {
  let { from, to } = ALL_TIME
  for (const clause of filter) {
    if (!isTimeClause(clause)) continue
    if (clause.operator === 'gte') from = Math.max(from, clause.value)
    if (clause.operator === 'gt') from = Math.max(from, clause.value + 1)
    if (clause.operator === 'lte') to = Math.min(to, clause.value)
    if (clause.operator === 'lt') to = Math.min(to, clause.value - 1)
  }
  return { from, to }
}
