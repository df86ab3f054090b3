import type { TimeRange } from '@waybill/core'

/**
 * The same times in as few spans as can be, oldest first. Times are whole milliseconds, so that a span that begins one
 * after another's end continues it.
 */
export function unionRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const union: TimeRange[] = []
  for (const { from, to } of ranges.filter((range) => range.from <= range.to).toSorted(byStart)) {
    const last = union.at(-1)
    if (last === undefined || from > last.to + 1) union.push({ from, to })
    else union[union.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return union
}

function byStart(a: TimeRange, b: TimeRange): number {
  return a.from - b.from
}
