import type { MessageFilter } from '@waybill/core'
import fc from 'fast-check'
import type { Change, HistoryPlan, UpstreamPlan } from './history.js'
import type { Stage } from './model-provider.js'

/** One step of a history. */
export type Step =
  | { readonly do: 'page'; readonly first: number; readonly budget: number | null }
  | { readonly do: 'change'; readonly change: Change }
  | { readonly do: 'schedule'; readonly stage: Stage; readonly change: Change }
  | { readonly do: 'restart' }
  | { readonly do: 'fail'; readonly upstream: number }

/** Groups of ties that pages of the served size can hold twice over; hidden ones as small as chance makes them. */
const upstream: fc.Arbitrary<UpstreamPlan> = fc
  .record({
    kind: fc.constantFrom('page', 'page', 'page', 'window', 'cursor'),
    rows: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 450 })),
    ties: fc.constantFrom(1, 2, 3, 6, 10),
    skewSeconds: fc.constantFrom(0, 0, 0, 60),
    cap: fc.constantFrom(100, 100, 100, 60, 40, 30),
    tellsTotal: fc.boolean(),
    tellsPageSize: fc.boolean(),
  })
  .map((plan) => (plan.kind === 'window' ? { ...plan, skewSeconds: 0 } : plan))
  .map((plan) => (plan.skewSeconds > 0 ? { ...plan, ties: Math.min(plan.ties, 2) } : plan))

const filter: fc.Arbitrary<MessageFilter> = fc.constantFrom<MessageFilter[]>(
  [],
  [],
  [{ field: 'direction', operator: 'eq', values: ['INBOUND'] }],
)

export const historyPlan: fc.Arbitrary<HistoryPlan> = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
    upstreams: fc.oneof(
      { weight: 3, arbitrary: fc.array(upstream, { minLength: 1, maxLength: 1 }) },
      { weight: 2, arbitrary: fc.array(upstream, { minLength: 2, maxLength: 5 }) },
    ),
    field: fc.constantFrom('createdAt' as const, 'createdAt' as const, 'updatedAt' as const),
    direction: fc.constantFrom('desc' as const, 'desc' as const, 'asc' as const),
    filter,
    learnDirection: fc.constant(false),
  })
  .map(({ field, direction, upstreams, ...rest }) => ({
    ...rest,
    upstreams: field === 'updatedAt' ? upstreams.map(withoutWindow) : upstreams,
    sort: { field, direction },
  }))

function withoutWindow(plan: UpstreamPlan): UpstreamPlan {
  return plan.kind === 'window' ? { ...plan, kind: 'page' } : plan
}

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(
    'arrive',
    'arrive',
    'arrive',
    'back-date',
    'delete',
    'delete-near',
    'touch',
    'lower-cap',
  ),
  upstream: fc.nat(4),
  place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  amount: fc.double({ min: 0, max: 0.999, noNaN: true }),
})

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('page' as const),
      first: fc.constantFrom(1, 2, 7, 20, 50, 100, 137, 500),
      budget: fc.constantFrom(null, null, null, 1, 3),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), change }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      stage: fc.constantFrom('request' as const, 'counted' as const, 'selected' as const),
      change,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), upstream: fc.nat(4) }) },
)

export const steps: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 40, size: 'max' })
