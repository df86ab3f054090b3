import type { MessageFilter } from '@waybill/core'
import fc from 'fast-check'
import type { HistoryPlan, UpstreamPlan } from './plan.js'

/** Groups of ties that pages of the served size can hold twice over; hidden ones smaller. */
const upstream: fc.Arbitrary<UpstreamPlan> = fc
  .record({
    kind: fc.constantFrom('page', 'page', 'page', 'window', 'cursor'),
    rows: fc.oneof(
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 12 }) },
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 450 }) },
    ),
    ties: fc.constantFrom(1, 2, 2, 2, 3, 3, 6, 10),
    gapSeconds: fc.constantFrom(40, 40, 40, 200, 3),
    skewSeconds: fc.constantFrom(0, 0, 0, 60, 60, 300),
    moreSkewSeconds: fc.constantFrom(0, 0, 840),
    cap: fc.constantFrom(100, 100, 60, 40, 30, 30),
    tellsTotal: fc.boolean(),
    tellsPageSize: fc.boolean(),
    tellsNextPage: fc.boolean(),
    filters: fc.boolean(),
    lies: fc.constant([]),
  })
  .map((plan) => (plan.kind === 'window' ? { ...plan, skewSeconds: 0, moreSkewSeconds: 0 } : plan))
  .map(({ moreSkewSeconds, ...plan }) => ({
    ...plan,
    declaredSkewSeconds: plan.skewSeconds + moreSkewSeconds,
  }))
  .map((plan) =>
    plan.skewSeconds > 0 ? { ...plan, ties: Math.min(plan.ties, 3), cap: Math.max(plan.cap, 60) } : plan,
  )

/** What upstreams of paging kind `page` answer themselves, and what is checked here. */
const filter: fc.Arbitrary<MessageFilter> = fc.constantFrom<MessageFilter[]>(
  [],
  [],
  [],
  [],
  [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }],
  [{ field: 'interactionId', operator: 'eq', values: ['3'] }],
  [{ field: 'status', operator: 'eq', values: ['READ'] }],
  [{ field: 'status', operator: 'ne', values: ['READ'] }],
)

/** So many times as many rows where a range has to be looked for. */
const DEEPER = 3

/** Of integers, since random doubles are nearly all close to 0. */
export const share = fc.integer({ min: 0, max: 999 }).map((each) => each / 1000)
const end = fc.option(fc.integer({ min: -100, max: 1100 }).map((each) => each / 1000))

export const historyPlan: fc.Arbitrary<HistoryPlan> = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    upstreams: fc.oneof(
      { weight: 3, arbitrary: fc.array(upstream, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(upstream, { minLength: 2, maxLength: 5 }) },
    ),
    field: fc.constantFrom('createdAt' as const, 'createdAt' as const, 'updatedAt' as const),
    order: fc.constantFrom('desc' as const, 'desc' as const, 'asc' as const),
    filter,
    range: fc.oneof(
      { weight: 2, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.record({ from: end, to: end }) },
    ),
    policy: fc.constantFrom('FAIL' as const, 'FAIL' as const, 'PARTIAL' as const),
    direction: fc.constantFrom('never' as const, 'never' as const, 'always' as const, 'sometimes' as const),
  })
  .map(({ field, order, upstreams, ...rest }) => ({
    ...rest,
    upstreams: upstreams
      .map((plan) => (field === 'updatedAt' ? forMovingSort(plan) : plan))
      .map((plan) => (rest.range === null ? plan : { ...plan, rows: DEEPER * plan.rows })),
    sort: { field, direction: order },
  }))

/** No window can be sorted so, and the ties are hidden ones. */
function forMovingSort(plan: UpstreamPlan): UpstreamPlan {
  return { ...plan, kind: plan.kind === 'window' ? 'page' : plan.kind, ties: Math.min(plan.ties, 6) }
}
