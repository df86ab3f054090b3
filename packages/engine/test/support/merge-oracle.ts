import type { SourcedMessage } from '../../src/index.js'

/**
 * The plainest merge: of the rows that stand first in their sources, the latest comes next; of equal times that of the
 * source whose id comes first.
 */
export function mergeByTime(sequences: readonly (readonly SourcedMessage[])[]): SourcedMessage[] {
  const left = sequences.map((sequence) => [...sequence])
  const merged: SourcedMessage[] = []
  for (;;) {
    const heads = left.flatMap((sequence) => sequence.slice(0, 1))
    const [next] = heads.toSorted(
      (a, b) => b.message.sentAt - a.message.sentAt || (a.source < b.source ? -1 : 1),
    )
    if (next === undefined) return merged
    merged.push(next)
    left.find(([head]) => head === next)?.shift()
  }
}
