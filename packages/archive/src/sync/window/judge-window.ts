import type { TimeRange } from '@waybill/core'

/** A message from so far ahead has a wrong time; taken for the newest, it would hide every gap until then. */
const FAR_AHEAD_MS = 24 * 60 * 60_000

/** What an earlier poll of a window saw. A plain value: it is kept between two polls. */
export interface SeenWindow {
  /** When it was asked for, in milliseconds since the epoch. */
  readonly polledAt: number
  /** When the newest message known then was sent; null where there was none. */
  readonly newest: number | null
}

/** What a window shows now. */
export interface Window {
  readonly polledAt: number
  /** When the listed messages were sent, in any order. */
  readonly times: readonly number[]
  /** Whether it holds as many as it can, so that there may be others that it does not show. */
  readonly isFull: boolean
  /** Whether any of its messages was known before. */
  readonly overlaps: boolean
}

export interface WindowVerdict {
  /** The span over which the history is complete by this window and those before it. */
  readonly coverage: TimeRange
  /** Where messages may have come and gone between the two polls; null where none can have. */
  readonly gap: TimeRange | null
  /** What the next poll has to know. */
  readonly seen: SeenWindow
}

/**
 * Decides whether anything can have been missed between two polls.
 *
 * A window lists the newest messages, so it holds all that are newer than its oldest one. Nothing was missed if that
 * one is older than the newest message known before. One that is as old is not enough: others of its time may have
 * been pushed out. Nor are times enough where no message is a known one: the newest known may have had a wrong time.
 */
export function judgeWindow(
  before: SeenWindow | null,
  { polledAt, times, isFull, overlaps }: Window,
): WindowVerdict {
  const newest = latest(times, before?.newest ?? null, polledAt + FAR_AHEAD_MS)
  const seen = { polledAt, newest }
  const to = Math.max(polledAt, before?.polledAt ?? 0)
  if (!isFull) return { coverage: { from: before?.polledAt ?? 0, to }, gap: null, seen }
  const oldest = Math.min(...times)
  // Messages of the oldest one's time may lie outside, so what is certain begins behind it.
  const certain = { from: oldest + 1, to: Math.max(to, oldest + 1) }
  if (before === null) return { coverage: certain, gap: null, seen }
  const known = before.newest ?? before.polledAt
  const isBehind = oldest < known
  if (before.newest !== null && isBehind && overlaps) {
    return { coverage: { from: Math.min(before.polledAt, certain.from), to }, gap: null, seen }
  }
  const from = Math.min(isBehind ? before.polledAt : known, oldest)
  return { coverage: certain, gap: { from, to: oldest }, seen }
}

function latest(times: readonly number[], known: number | null, limit: number): number | null {
  const newest = Math.max(known ?? Number.NEGATIVE_INFINITY, ...times.filter((time) => time <= limit))
  return Number.isFinite(newest) ? newest : null
}
