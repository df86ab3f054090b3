import type { TimeRange } from '@waybill/core'
import type { Completeness } from '@waybill/engine'
import type { Doubt, DoubtReason } from '@waybill/reconcile'

/** What of a source's history a log was compared with. */
export interface SourceSpan {
  readonly source: string
  /** From when to when it was known, within the span of the log; both null where it was known nowhere. */
  readonly from: number | null
  readonly to: number | null
  /** The gravest that holds within the span of the log. */
  readonly completeness: Completeness
  /** Where messages are missing or may be, within the span of the log, oldest first, none touching another. */
  readonly gaps: readonly TimeRange[]
}

/** The gravest first. NOT_SETTLED is no fault of the source: it shows in `to`. */
const COMPLETENESS: readonly (readonly [DoubtReason, Completeness])[] = [
  ['SOURCE_FAILED', 'UNKNOWN'],
  ['FORBIDDEN', 'UNKNOWN'],
  ['BUDGET', 'BUDGET_SPENT'],
  ['UNPROVEN', 'UNPROVEN'],
  ['GAP', 'HAS_GAPS'],
  ['BEYOND_REACH', 'WINDOW_LIMITED'],
]

/** What is judged, and what decides about it. */
export interface JudgedRange {
  /** The span of the log, widened by the window, and within `since` and `until`. */
  readonly judged: TimeRange
  /** The same, widened by the window beyond `since` and `until`: the message of an entry there may be there. */
  readonly deciding: TimeRange
}

export function spanOf(
  source: string,
  doubts: readonly Doubt[],
  { judged, deciding }: JudgedRange,
): SourceSpan {
  const inside = doubts
    .filter((doubt) => doubt.source === source)
    .map(({ because, from, to }) => ({
      because,
      from: Math.max(from ?? deciding.from, deciding.from),
      to: Math.min(to ?? deciding.to, deciding.to),
    }))
    .filter(({ from, to }) => from <= to)
  const reached = inside.filter(({ because }) => because === 'BEYOND_REACH').map(({ to }) => to + 1)
  const settled = inside.filter(({ because }) => because === 'NOT_SETTLED').map(({ from }) => from - 1)
  const span = { from: Math.max(judged.from, ...reached), to: Math.min(judged.to, ...settled) }
  const isUnknown =
    span.from > span.to ||
    inside.some(({ because }) => because === 'SOURCE_FAILED' || because === 'FORBIDDEN')
  const [, completeness = 'COMPLETE'] =
    COMPLETENESS.find(([reason]) => inside.some(({ because }) => because === reason)) ?? []
  return {
    source,
    from: isUnknown ? null : span.from,
    to: isUnknown ? null : span.to,
    completeness,
    gaps: unite(inside.filter(({ because }) => because === 'GAP')),
  }
}

/** The same points in time as ranges that do not touch: two gaps may overlap once each is widened by the skew. */
function unite(ranges: readonly TimeRange[]): readonly TimeRange[] {
  const united: TimeRange[] = []
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = united.at(-1)
    if (last === undefined || from > last.to + 1) united.push({ from, to })
    else united[united.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return united
}
