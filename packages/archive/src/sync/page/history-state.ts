/** What is known of the whole history of a source that is read in pages, as a plain value. */
export interface HistoryState {
  /** When the first traversal of all of it came to its end, in milliseconds since the epoch; null before. */
  readonly filledAt: number | null
  /** When the last traversal ended, in milliseconds since the epoch. */
  readonly sweptAt: number
  /** How long after that the next one may begin: longer each time that one found nothing. */
  readonly sweepAfterMs: number
  /** How often in a row the source counted otherwise than the archive. */
  readonly mismatches: number
  /** Whether the source counted when it was asked last. */
  readonly isCounted: boolean
  /** Whether the last traversal could not be certain to have met every message. */
  readonly isDoubtful: boolean
  /** When a pass last ended that could not be certain either, in milliseconds since the epoch; undefined where none did. */
  readonly doubtedAt?: number | undefined
}

const HOUR_MS = 60 * 60_000
const SHORTEST_MS = 6 * HOUR_MS
const LONGEST_MS = 7 * 24 * HOUR_MS
/** Without any reason: no count tells of a change that was missed, nor of what came for what was deleted. */
const AT_LEAST_EVERY_MS = 28 * 24 * HOUR_MS
/** One may be a message that came between the count and the list. */
const CERTAIN_MISMATCHES = 2

/** What a traversal came to. */
interface EndedTraversal {
  readonly begunAt: number
  readonly isFirst: boolean
  /** Whether it could not be certain to have met every message. */
  readonly isDoubtful: boolean
  /** How many messages it found missing or changed. */
  readonly found: number
}

export function beginHistory(now: number): HistoryState {
  return {
    filledAt: null,
    sweptAt: now,
    sweepAfterMs: SHORTEST_MS,
    mismatches: 0,
    isCounted: false,
    isDoubtful: false,
  }
}

/** What is known once a traversal has ended. */
export function endTraversal(
  history: HistoryState,
  now: number,
  { isFirst, isDoubtful, found, begunAt }: EndedTraversal,
): HistoryState {
  const { doubtedAt } = history
  const sweepAfterMs = isFirst || found > 0 ? SHORTEST_MS : Math.min(LONGEST_MS, history.sweepAfterMs * 2)
  return {
    ...history,
    filledAt: history.filledAt ?? now,
    sweptAt: now,
    sweepAfterMs,
    mismatches: 0,
    isDoubtful,
    // What a pass may have missed while the history was read may stand where it had been read already.
    doubtedAt: doubtedAt !== undefined && doubtedAt < begunAt ? undefined : doubtedAt,
  }
}

/** A pass has ended that may have missed something: only a traversal is certain to find it. */
export function noteDoubt(history: HistoryState, now: number): HistoryState {
  return { ...history, doubtedAt: now }
}

/** What the source counts, against what is stored of it and not deleted. */
export function noteCount(history: HistoryState, total: number, stored: number): HistoryState {
  return { ...history, isCounted: true, mismatches: total === stored ? 0 : history.mismatches + 1 }
}

/** The source does not count, or not any more. */
export function noteNoCount(history: HistoryState): HistoryState {
  return { ...history, isCounted: false }
}

/**
 * When the whole history has to be read again, in milliseconds since the epoch: at once where the last traversal left a
 * doubt, after a while where a pass did or the count differs, rarely where nothing is counted, and else more rarely.
 */
export function sweepDueAt(history: HistoryState): number {
  if (history.isDoubtful) return history.sweptAt
  if (history.doubtedAt !== undefined || history.mismatches >= CERTAIN_MISMATCHES)
    return history.sweptAt + history.sweepAfterMs
  return history.sweptAt + (history.isCounted ? AT_LEAST_EVERY_MS : LONGEST_MS)
}
