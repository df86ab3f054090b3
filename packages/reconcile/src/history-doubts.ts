import type { TimeRange } from '@waybill/core'
import type { DoubtReason } from './finding.js'
import type { Doubt } from './options.js'

/** What is known of how complete one source's history is, as an archive or a reading of the source knows it. */
export interface KnownHistory {
  readonly source: string
  /** Where the history is complete apart from the gaps. A range that begins at 0 or before has nothing older. */
  readonly coverage: readonly TimeRange[]
  readonly gaps: readonly TimeRange[]
  /** Where it was compared with the source's whole list; null where coverage is proof enough, as with a list that is read whole. */
  readonly proven: readonly TimeRange[] | null
  /** Everything sent before this has been listed; null: nothing has. Where it is later than the coverage, the coverage counts. */
  readonly settledUntil: number | null
  /** What holds for the source as a whole: it failed, may not be read, the budget ended, or rows of it cannot be read (UNPROVEN). */
  readonly because?: DoubtReason | undefined
}

/**
 * Where a source's history proves nothing, and why: before its coverage (BEYOND_REACH), in gaps and between covered ranges
 * (GAP), where it was not compared (UNPROVEN), and where messages may still arrive (NOT_SETTLED).
 */
export function doubtsOfHistory({
  source,
  coverage,
  gaps,
  proven,
  settledUntil,
  because,
}: KnownHistory): Doubt[] {
  const doubt = (from: number | null, to: number | null, reason: DoubtReason): Doubt => ({
    source,
    because: reason,
    from,
    to,
  })
  const covered = coverage.toSorted((a, b) => a.from - b.from)
  const begin = covered[0]?.from ?? null
  const end = covered.reduce<number | null>((latest, { to }) => Math.max(latest ?? to, to), null)
  const settled = end === null || settledUntil === null ? null : Math.min(end, settledUntil)
  return [
    ...(because === undefined ? [] : [doubt(null, null, because)]),
    ...(begin === null || begin <= 0 ? [] : [doubt(null, begin - 1, 'BEYOND_REACH')]),
    ...gaps.map(({ from, to }) => doubt(from, to, 'GAP')),
    ...(begin === null || end === null ? [] : between(covered, begin, end)).map(({ from, to }) =>
      doubt(from, to, 'GAP'),
    ),
    ...(proven === null || begin === null || end === null ? [] : between(proven, begin, end)).map(
      ({ from, to }) => doubt(from, to, 'UNPROVEN'),
    ),
    doubt(settled === null ? null : settled + 1, null, 'NOT_SETTLED'),
  ]
}

/** What the ranges leave out from a first to a last point in time. */
function between(ranges: readonly TimeRange[], first: number, last: number): TimeRange[] {
  const left: TimeRange[] = []
  let next = first
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    if (from > next) left.push({ from: next, to: Math.min(from - 1, last) })
    next = Math.max(next, to + 1)
    if (next > last) return left.filter((range) => range.from <= range.to)
  }
  return [...left, { from: next, to: last }]
}
