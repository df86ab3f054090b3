import type { FilterClause, Paging } from '@waybill/core'
import fc from 'fast-check'
import { historyPlan, share } from './plan-arbitraries.js'
import { type Lie, liesAbout, liesOf } from './lie.js'
import type { HistoryPlan, UpstreamPlan } from './plan.js'

const kindOnly = <Kind extends 'page-ignored' | 'repeated-row'>(kind: Kind): fc.Arbitrary<{ kind: Kind }> =>
  fc.constant({ kind })

const filterIgnored = fc.record({
  kind: fc.constant('filter-ignored' as const),
  field: fc.constantFrom('status' as const, 'interactionId' as const),
})
const sortIgnored = fc.record({
  kind: fc.constant('sort-ignored' as const),
  instead: fc.constantFrom('reversed' as const, 'id' as const, 'createdAt' as const),
})
const unreadable = fc.record({
  kind: fc.constant('unreadable-rows' as const),
  every: fc.constantFrom(3, 13, 40),
  tellsId: fc.boolean(),
})
const lastingError = fc.record({
  kind: fc.constant('lasting-error' as const),
  afterRequests: fc.integer({ min: 1, max: 12 }),
})

/** What upstreams of each kind may lie about. */
const LIES: Readonly<Record<Paging['kind'], fc.Arbitrary<Lie>>> = {
  page: fc.oneof<fc.Arbitrary<Lie>[]>(
    fc.record({
      kind: fc.constant('hidden-rows' as const),
      shape: fc.constantFrom('few' as const, 'share' as const, 'span' as const),
      place: share,
      amount: share,
    }),
    filterIgnored,
    fc.record({
      kind: fc.constant('direction-ignored' as const),
      afterRequests: fc.constantFrom(0, 0, 1, 2, 3, 5, 9),
    }),
    sortIgnored,
    kindOnly('page-ignored'),
    fc.record({
      kind: fc.constant('false-figure' as const),
      figure: fc.constantFrom(
        'total' as const,
        'lastPage' as const,
        'pageSize' as const,
        'hasNextPage' as const,
      ),
      says: fc.constantFrom('more' as const, 'less' as const, 'zero' as const, 'constant' as const),
    }),
    unreadable,
    fc.record({
      kind: fc.constant('departed-row' as const),
      place: share,
      beyondSeconds: fc.constantFrom(600, 86_400),
    }),
    fc.record({ kind: fc.constant('repeated-page' as const), every: fc.constantFrom(2, 3, 5) }),
    kindOnly('repeated-row'),
    lastingError,
  ),
  window: fc.oneof<fc.Arbitrary<Lie>[]>(
    filterIgnored,
    sortIgnored,
    unreadable,
    kindOnly('repeated-row'),
    lastingError,
  ),
  cursor: fc.oneof<fc.Arbitrary<Lie>[]>(
    filterIgnored,
    sortIgnored,
    kindOnly('repeated-row'),
    fc.record({ kind: fc.constant('stuck-cursor' as const), afterRows: fc.integer({ min: 0, max: 300 }) }),
    lastingError,
  ),
}

const [ONE, TWO] = [4, 1]
const drawn = fc.oneof({ weight: ONE, arbitrary: fc.constant(1) }, { weight: TWO, arbitrary: fc.constant(2) })

/** Makes some upstreams of a history lie, at least one of them. */
export const lyingHistoryPlan: fc.Arbitrary<HistoryPlan> = historyPlan.chain((plan) =>
  fc
    .tuple(
      fc.nat(plan.upstreams.length - 1),
      fc.tuple(...plan.upstreams.map((upstream) => fc.tuple(fc.boolean(), liesFor(upstream)))),
    )
    .map(([liar, told]) => ({
      ...plan,
      upstreams: plan.upstreams.map((upstream, index) => {
        const [mayLie, its] = told[index] ?? [false, []]
        return index === liar || (mayLie && index % 2 === 0) ? withLies(upstream, its) : upstream
      }),
    }))
    .map(askingForIt),
)

function liesFor({ kind }: UpstreamPlan): fc.Arbitrary<Lie[]> {
  return drawn.chain((count) =>
    fc.uniqueArray(LIES[kind], { minLength: 1, maxLength: count, selector: (lie) => lie.kind }),
  )
}

/** Lists that are longer than a page show a lie, but very short ones are read too. */
const MORE_ROWS = 60

/** A false figure has to be told, and rows that are hidden are mostly counted. */
function withLies(upstream: UpstreamPlan, told: readonly Lie[]): UpstreamPlan {
  const figures = liesOf(told, 'false-figure').map(({ figure }) => figure)
  const isCounted = liesOf(told, 'hidden-rows').some(({ amount }) => amount < 0.8)
  return {
    ...upstream,
    lies: told,
    rows: upstream.rows + (upstream.tellsNextPage ? MORE_ROWS : 0),
    filters: upstream.filters || told.some(({ kind }) => kind === 'filter-ignored'),
    tellsTotal:
      upstream.tellsTotal || isCounted || figures.some((each) => each === 'total' || each === 'lastPage'),
    tellsPageSize: upstream.tellsPageSize || figures.includes('pageSize'),
    tellsNextPage: upstream.tellsNextPage || figures.includes('hasNextPage'),
  }
}

/** What is passed over has to be asked for. */
function askingForIt(plan: HistoryPlan): HistoryPlan {
  const ignored = plan.upstreams.flatMap((each) => liesOf(each.lies, 'filter-ignored'))
  const clauses = ignored.map(({ field }) => CLAUSES[field])
  const filter = plan.filter.length === 0 ? clauses.slice(0, 1) : plan.filter
  const isDirectionAsked =
    plan.direction !== 'never' || plan.filter.some(({ field }) => field === 'direction')
  if (isDirectionAsked || !plan.upstreams.some((each) => liesAbout(each, 'direction-ignored')))
    return { ...plan, filter }
  return { ...plan, filter, direction: plan.seed % 2 === 0 ? 'always' : 'sometimes' }
}

const CLAUSES: Readonly<Record<'status' | 'interactionId', FilterClause>> = {
  status: { field: 'status', operator: 'eq', values: ['READ'] },
  interactionId: { field: 'interactionId', operator: 'eq', values: ['3'] },
}
