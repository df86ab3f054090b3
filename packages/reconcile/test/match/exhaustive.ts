import type { GroupEntry, GroupMessage } from '../../src/match/assignment.js'
import type { MatchWindow } from '../../src/options.js'

/** For each entry, the place of its message; -1: none. */
export type Matching = readonly number[]

/** What makes one assignment better than another, the first figure first. */
export interface Cost {
  readonly lacking: number
  readonly distance: number
  readonly rank: number
}

/** Every way to assign messages to entries one to one within the window, crossing or not. */
export function allMatchings(
  entries: readonly GroupEntry[],
  messages: readonly GroupMessage[],
  { beforeMs, afterMs }: MatchWindow,
): Matching[] {
  let matchings: Matching[] = [[]]
  for (const { time } of entries) {
    const within = messages.flatMap((each, index) =>
      each.time >= time - beforeMs && each.time <= time + afterMs ? [index] : [],
    )
    matchings = matchings.flatMap((taken) =>
      [-1, ...within.filter((index) => !taken.includes(index))].map((index) => [...taken, index]),
    )
  }
  return matchings
}

export function costOf(
  matching: Matching,
  entries: readonly GroupEntry[],
  messages: readonly GroupMessage[],
): Cost {
  let lacking = 0
  let distance = 0
  let rank = 0
  for (const [index, { time, rank: own }] of entries.entries()) {
    const message = messages[matching[index] ?? -1]
    if (message === undefined) lacking += 1
    else {
      distance += Math.abs(message.time - time)
      rank += own
    }
  }
  return { lacking, distance, rank }
}

export function compareCosts(a: Cost, b: Cost): number {
  return a.lacking - b.lacking || a.distance - b.distance || a.rank - b.rank
}

/** Whether later entries have later messages. */
export function keepsOrder(matching: Matching): boolean {
  const given = matching.filter((index) => index !== -1)
  return given.every((index, at) => at === 0 || index > (given[at - 1] ?? -1))
}
