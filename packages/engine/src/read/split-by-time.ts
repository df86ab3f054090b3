import type { Message } from '@waybill/core'
import type { StreamOrder } from './order.js'

/** Where a list divides into rows that were read and rows that were not, judged by their times alone. */
export interface Split {
  /** Position of the first row that was not read. */
  readonly position: number
  /** Whether the page is not in the order of its rows' times, so that these do not tell for certain. */
  readonly doubtful: boolean
}

/**
 * Divides a page at the time of a row that is gone, together with all its neighbours. Chooses the position that the
 * fewest rows contradict; a row of the very same time counts as not read.
 */
export function splitByTime(rows: readonly Message[], order: StreamOrder, sentAt: number): Split {
  const rank = order.rank(sentAt)
  const isRead = rows.map((row) => order.rank(row.sentAt) < rank)
  let contradictions = isRead.filter(Boolean).length
  let best = { position: 0, contradictions }
  for (const [index, read] of isRead.entries()) {
    contradictions += read ? -1 : 1
    if (contradictions < best.contradictions) best = { position: index + 1, contradictions }
  }
  const ranks = rows.map((row) => order.rank(row.sentAt))
  const doubtful = ranks.some((each, index) => each < (ranks[index - 1] ?? each))
  return { position: best.position, doubtful }
}
