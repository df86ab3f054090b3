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
export function newestCredible(times: readonly number[], known: number | null, now: number): number | null {
  const near = times.filter((time) => time <= now + FAR_AHEAD_MS).toSorted((a, b) => b - a)
  const latest = Math.max(now, near[MOST_AHEAD] ?? now)
  // Also what was believed before: by a clock that was wrong then.
  const believed = [...near, ...(known === null ? [] : [known])].filter((time) => time <= latest)
  return believed.length === 0 ? null : Math.max(...believed)
}
