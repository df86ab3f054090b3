import type { Message } from '@waybill/core'
import type { PageHint, RowPosition } from '../../cursor/position.js'
import { followersAt, lastTime, type LogRow, tiesAt, trailAt } from './log.js'
import type { WalkState } from './state.js'

/** A row that a walk has read, or that is remembered of an earlier answer. */
export interface WalkedRow extends LogRow {
  /** Null for a row that cannot be read, or is only remembered. */
  readonly message: Message | null
  /** Where it was seen; null for a row that is only remembered. */
  readonly hint: PageHint | null
}

/**
 * The place after the first `count` rows of a walk, to begin another walk with.
 *
 * @param rows all rows that were read, those of an earlier answer first, as far as they are remembered
 * @returns null where that is no other place than the one where the walk began; without the time, which no walk knows
 */
export function positionAfter(
  state: WalkState,
  rows: readonly WalkedRow[],
  count: number,
): Omit<RowPosition, 'seenAt'> | null {
  const row = rows[count - 1]
  if (row === undefined || row.hint === null) return null
  const { log, order, phase } = state
  const cap = state.isSizeFixed ? Math.min(state.cap, state.served) : state.cap
  const read = { ...log, rows }
  const isEnd = count === rows.length
  // What the server serves if its last page was cut: the next walk has to allow for it.
  const suspected = isEnd && phase.name === 'verifying-end' ? phase.suspectedCap : cap
  return {
    at: 'row',
    // A row that cannot be read is as likely to have the time of the one before it as any other.
    sentAt: lastTime({ ...log, rows: rows.slice(0, count) }),
    ties: Math.max(1, tiesAt(read, count)),
    spread: log.spread,
    trail: trailAt(read, order, count),
    ahead: followersAt(read, order, count),
    hint: { ...row.hint, cap: Math.min(row.hint.cap, suspected, cap) },
    ended: isEnd && phase.name === 'ended',
  }
}
