import type { TimeRange } from '@waybill/core'

/** What an earlier poll of a window saw. A plain value: it is kept between two polls. */
export interface SeenWindow {
  /** When it was asked for, in milliseconds since the epoch. */
  readonly polledAt: number
  /** When the newest message known then was sent, but for those dated ahead; null where there was none. */
  readonly newest: number | null
  /** When the oldest one that it listed was sent; null where it listed none. */
  readonly oldest: number | null
}

/** What a window shows now. Times are milliseconds since the epoch, in any order. */
export interface Window {
  readonly polledAt: number
  /** When those of its messages were sent that were stored before. */
  readonly known: readonly number[]
  /** And all others. */
  readonly unknown: readonly number[]
  /** Whether it holds as many as it can, so that there may be others that it does not show. */
  readonly isFull: boolean
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
 * been pushed out. Nor are times enough where no message is a known one, or only such as are dated ahead, which stay
 * on top whatever comes and goes below them: the newest known may have had a wrong time.
 */
export function judgeWindow(before: SeenWindow | null, window: Window): WindowVerdict {
  const { polledAt, known, unknown, isFull } = window
  const times = [...known, ...unknown]
  const oldest = Math.min(...times)
  const seen: SeenWindow = {
    polledAt,
    newest: newestCredible(times, before?.newest ?? null, polledAt),
    oldest: times.length === 0 ? null : oldest,
  }
  const to = Math.max(polledAt, before?.polledAt ?? 0)
  if (!isFull) return { coverage: { from: before?.polledAt ?? 0, to }, gap: null, seen }
  // Nothing in it can be read: it says nothing of what there is.
  if (times.length === 0)
    return { coverage: NOWHERE, gap: null, seen: before === null ? seen : { ...before, polledAt } }
  // Messages of the oldest one's time may lie outside, so what is certain begins behind it.
  const certain = { from: oldest + 1, to: Math.max(to, oldest + 1) }
  if (before === null) return { coverage: certain, gap: null, seen }
  const { newest } = before
  if (newest !== null && oldest < newest && known.some((time) => time <= newest)) {
    return { coverage: { from: Math.min(before.polledAt, certain.from), to }, gap: null, seen }
  }
  return { coverage: certain, gap: { from: lastCertain(before, oldest), to: oldest }, seen }
}

/** No span at all. */
const NOWHERE: TimeRange = { from: 0, to: -1 }

/** What was sent until then cannot have been missed. */
function lastCertain({ polledAt, newest, oldest }: SeenWindow, listedFrom: number): number {
  const known = newest ?? polledAt
  if (known <= listedFrom) return known
  // What is listed now should have been listed then: a time was wrong, or a clock is.
  return Math.min(oldest ?? 0, polledAt, listedFrom)
}

/** A time from so far ahead is a wrong one, however many there are. */
const FAR_AHEAD_MS = 24 * 60 * 60_000

/** As many messages of a list may be dated ahead. Of any more, one at least has a time that has come. */
const MOST_AHEAD = 9

/**
 * The newest time that was not dated ahead, as far as can be told: whatever is sent later has a later one. Taken from a
 * message dated ahead, it would hide everything that comes and goes until then.
 *
 * A time is believed that has come by the clock here. Where the upstream's clock runs ahead of that, most times have
 * not; so is, therefore, the tenth newest of all, and what is older.
 *
 * @param times of all messages of a list, in any order
 * @param known the newest that was believed before; null where there was none
 * @returns null where there is none
 */
function newestCredible(times: readonly number[], known: number | null, now: number): number | null {
  const near = times.filter((time) => time <= now + FAR_AHEAD_MS).toSorted((a, b) => b - a)
  const latest = Math.max(now, near[MOST_AHEAD] ?? now)
  // Also what was believed before: by a clock that was wrong then.
  const believed = [...near, ...(known === null ? [] : [known])].filter((time) => time <= latest)
  return believed.length === 0 ? null : Math.max(...believed)
}
