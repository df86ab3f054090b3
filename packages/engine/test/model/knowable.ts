import type { Evidence } from './evidence.js'
import type { Defect } from './expectations.js'
import { type Figure, type LieKind, liesOf } from './lie.js'
import type { UpstreamPlan } from './plan.js'

type Circumstances = Omit<Evidence, 'codes' | 'error' | 'isCut' | 'rejected'>

/** Which defects nothing tells that comes of a reading at the usual cost, so that none can be expected to report them. */
export function knowable(circumstances: Circumstances): ReadonlySet<Defect> {
  const { upstream } = circumstances
  return new Set(upstream.lies.flatMap(({ kind }) => UNTOLD[kind]?.(circumstances) ?? []))
}

const UNTOLD: Readonly<Partial<Record<LieKind, (circumstances: Circumstances) => readonly Defect[]>>> = {
  // A short page without a figure beside it is the last one, by all conventions.
  'hidden-rows': ({ upstream }) =>
    isTold(upstream, 'total') || isTold(upstream, 'hasNextPage') ? [] : ['lost'],
  'false-figure': ({ upstream }) =>
    seemsToEnd(upstream) && !isTold(upstream, 'total') && !isTold(upstream, 'lastPage') ? ['lost'] : [],
  'sort-ignored': untoldOrder,
  // Where it lies is not where its time is looked for.
  'departed-row': ({ history }) => (history.range === null ? [] : ['lost']),
}

/** Whether a figure comes with every page, and is true. */
function isTold(upstream: UpstreamPlan, figure: Figure): boolean {
  const comes = {
    total: upstream.tellsTotal,
    lastPage: upstream.tellsTotal,
    pageSize: upstream.tellsPageSize,
    hasNextPage: upstream.tellsNextPage,
  }
  return comes[figure] && !liesOf(upstream.lies, 'false-figure').some((lie) => lie.figure === figure)
}

/** Whether a false figure alone makes a page look like the last one. */
function seemsToEnd({ lies }: UpstreamPlan): boolean {
  return liesOf(lies, 'false-figure').length > 0
}

/** How many rows apart two may stand that one reading sees side by side. */
const SIDE_BY_SIDE = 20

/** The order shows in the times only where they depart further than they may; that of updates never shows. */
function untoldOrder({ history, upstream, yielded }: Circumstances): readonly Defect[] {
  const { sort, range } = history
  if (sort.field === 'updatedAt') return ['disordered']
  const slack = 2000 * upstream.declaredSkewSeconds
  const sign = sort.direction === 'asc' ? 1 : -1
  const isSeen = yielded.some((later, index) =>
    yielded
      .slice(Math.max(0, index - SIDE_BY_SIDE), index)
      .some((earlier) => sign * (earlier.sentAt - later.sentAt) > slack),
  )
  if (range === null) return isSeen ? [] : ['disordered', 'lost', 'repeated']
  return spanOf(upstream) > 4 * slack + 1000 * upstream.gapSeconds ? [] : ['disordered', 'lost', 'repeated']
}

/** How much time a served page covers, about. */
function spanOf({ cap, rows, ties, gapSeconds }: UpstreamPlan): number {
  return (500 * gapSeconds * Math.min(cap, rows)) / ((1 + ties) / 2)
}
