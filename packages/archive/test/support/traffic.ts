/** A generator of numbers in [0, 1) that a seed decides. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const MINUTE_MS = 60_000
export const DAY_MS: number = 24 * 60 * MINUTE_MS

/**
 * When the messages of one day come, oldest first, in whole seconds: hours of next to nothing, busy ones, and bursts of
 * up to 90 a minute that begin out of nothing and last from half a minute to twenty.
 */
export function randomDay(seed: number, from: number): number[] {
  const random = seeded(seed)
  const times: number[] = []
  let time = from
  while (time < from + DAY_MS) {
    const kind = random()
    const perMinute = kind < 0.6 ? random() * 2 : kind < 0.9 ? random() * 30 : 60 + random() * 30
    const minutes = kind < 0.9 ? 5 + random() * 60 : 0.5 + random() * 20
    const end = time + minutes * MINUTE_MS
    for (;;) {
      time += (-Math.log(1 - random()) / perMinute) * MINUTE_MS
      if (time > end) break
      times.push(Math.floor(time / 1000) * 1000)
    }
    time = end
  }
  return times.filter((each) => each < from + DAY_MS)
}

/**
 * The fewest polls that miss nothing of a day, made by somebody who knows the future: each as late as the window and
 * the longest interval allow.
 */
export function fewestPolls(
  times: readonly number[],
  from: number,
  capacity: number,
  longestMs: number,
): number {
  let polls = 1
  let at = from
  let seen = 0
  while (at < from + DAY_MS) {
    const overflowsAt = times[seen + capacity - 1] ?? Number.POSITIVE_INFINITY
    at = Math.max(at + 1, Math.min(at + longestMs, overflowsAt - 1))
    while ((times[seen] ?? Number.POSITIVE_INFINITY) <= at) seen += 1
    polls += 1
  }
  return polls
}
