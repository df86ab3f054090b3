import type { RowPosition } from '../../src/cursor/position.js'
import { followersAt, type LogRow, tiesAt, trailAt } from '../../src/read/walk/log.js'
import type { WalkState } from '../../src/read/walk/state.js'
import type { ReadRow } from '../../src/read/walk/step.js'

/** A row that is remembered of an earlier answer, or was brought by this one. */
export type WalkedRow = LogRow & Partial<Pick<ReadRow, 'message' | 'hint'>>

/** The position after the first rows of a walk, to begin another one with; null where it is that of the beginning. */
export function positionAfter(
  state: WalkState,
  rows: readonly WalkedRow[],
  count: number,
): RowPosition | null {
  const row = rows[count - 1]
  if (row?.hint === undefined) return null
  if (row.sentAt === null) return positionAfter(state, rows, count - 1)
  const { log, order, cap, phase } = state
  const read = { ...log, rows }
  const isEnd = count === rows.length
  const suspected = isEnd && phase.name === 'verifying-end' ? phase.suspectedCap : cap
  return {
    at: 'row',
    sentAt: row.sentAt,
    ties: Math.max(1, tiesAt(read, count)),
    spread: log.spread,
    trail: trailAt(read, order, count),
    ahead: followersAt(read, order, count),
    hint: { ...row.hint, cap: Math.min(row.hint.cap, suspected, cap) },
    ended: false,
  }
}
