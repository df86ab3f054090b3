import type { ListReportFragment, ShownSourceFragment } from '../api/operations.js'

/** A span of time, in milliseconds since the epoch. */
export interface Stretch {
  readonly from: number
  readonly to: number
}

/** What is known of the history of a source. */
export interface KnownHistory {
  /** Nothing older can be had; null: the history is known from its beginning, or nobody knows. */
  readonly reach: number | null
  /** When its first known message was sent; null where it has none. */
  readonly oldest: number | null
  readonly covered: readonly Stretch[]
  readonly proven: readonly (Stretch & { readonly at: number })[]
  readonly gaps: readonly Stretch[]
}

/** What `from` is where a history is known from its beginning. */
const BEGINNING = 0

/**
 * What is known of the history of a source, from what its archive holds, or else from a report of reading it live.
 *
 * @param sentAt when the message at the end of the list was sent: the oldest of an archive, the newest of a live source
 */
export function knownHistory(
  { archive }: ShownSourceFragment,
  sentAt: string | null,
  report: ListReportFragment | null,
  now: number,
): KnownHistory {
  if (archive === null) {
    const reachesBackTo = report?.reachesBackTo ?? null
    const reach = reachesBackTo === null ? null : Date.parse(reachesBackTo)
    const covered = reach === null ? [] : [{ from: reach, to: now }]
    return { reach, oldest: reach, covered, proven: [], gaps: [] }
  }
  const covered = archive.coverage.map(stretchOf)
  const oldest = sentAt === null ? null : Date.parse(sentAt)
  const first = covered[0]?.from ?? BEGINNING
  return {
    reach: first === BEGINNING ? null : first,
    oldest,
    covered,
    proven: archive.proven.map((range) => ({ ...stretchOf(range), at: Date.parse(range.at) })),
    gaps: archive.gaps.map(stretchOf),
  }
}

/** When the strips of several sources begin, so that all show the same time. */
export function beginningOf(histories: readonly KnownHistory[], now: number): number {
  const starts = histories.flatMap(({ reach, oldest, covered, gaps }) => [
    ...(reach === null ? [] : [reach]),
    ...(oldest === null ? [] : [oldest]),
    ...[...covered, ...gaps].map(({ from }) => from).filter((from) => from !== BEGINNING),
  ])
  return Math.min(now - 3_600_000, ...starts)
}

function stretchOf({ from, to }: { readonly from: string; readonly to: string }): Stretch {
  return { from: Date.parse(from), to: Date.parse(to) }
}
