import fc from 'fast-check'
import type { Change, Step } from './plan.js'
import { share } from './plan-arbitraries.js'

const elsewhere: fc.Arbitrary<Change> = fc.record({
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
  place: share,
  amount: share,
})

/** Deletes the row at the cursor with few of its neighbours, or with so many that none is left to hold on to. */
const atCursor: fc.Arbitrary<Change> = fc
  .record({
    upstream: fc.nat(4),
    place: share,
    amount: share,
    reach: fc.oneof(
      { weight: 19, arbitrary: fc.constantFrom(0.2, 0.3, 0.4) },
      { weight: 1, arbitrary: fc.constant(1) },
    ),
  })
  .map(({ reach, place, amount, ...rest }) => ({
    ...rest,
    kind: 'delete-at-cursor',
    place: reach * place,
    amount: reach * amount,
  }))

const change: fc.Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: elsewhere },
  { weight: 1, arbitrary: atCursor },
)

const first = fc.constantFrom(1, 2, 7, 7, 20, 20, 50, 50, 100, 137, 500)

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('page' as const),
      first,
      budget: fc.constantFrom(null, null, null, 1, 3),
      upTo: fc.oneof({ weight: 4, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: share }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('other' as const), first }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('change' as const), change }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('schedule' as const),
      stage: fc.constantFrom('request' as const, 'counted' as const, 'selected' as const),
      change,
    }),
  },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'restart' as const }, { do: 'replica' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('fail' as const),
      upstream: fc.nat(4),
      fault: fc.record({
        code: fc.constantFrom(
          'UPSTREAM_UNAVAILABLE' as const,
          'UPSTREAM_RATE_LIMITED' as const,
          'UPSTREAM_TIMEOUT' as const,
        ),
        late: fc.boolean(),
      }),
    }),
  },
)

/** Reads a page, and has just the rows vanish that the next one is found by. */
const ambush: fc.Arbitrary<Step[]> = fc
  .tuple(fc.constantFrom(20, 50, 50, 500), fc.constantFrom(1, 1, 0.5), atCursor)
  .map(([size, upTo, deletion]) => [
    { do: 'page', first: size, budget: null, upTo },
    { do: 'change', change: deletion },
  ])

/** Another client reads the list from another replica, which may answer later with what it keeps of it. */
const elsewhereRead: fc.Arbitrary<Step[]> = first.map((size) => [
  { do: 'replica' },
  { do: 'other', first: size },
  { do: 'replica' },
])

const chunk = fc.oneof(
  { weight: 16, arbitrary: step.map((each) => [each]) },
  { weight: 4, arbitrary: ambush },
  { weight: 1, arbitrary: elsewhereRead },
)

export const steps: fc.Arbitrary<Step[]> = fc
  .array(chunk, { minLength: 1, maxLength: 40, size: 'max' })
  .map((chunks) => chunks.flat())
