import fc from 'fast-check'

/** Rows of a moving table: those touched last, some behind one another, or any. `place` and `amount` are shares of all. */
export interface Choice {
  readonly where: 'front' | 'behind' | 'any'
  readonly place: number
  readonly amount: number
}

/** Something that happens to the upstream's table. */
export type Change =
  | { readonly kind: 'arrive'; readonly count: number; readonly isAtOnce: boolean }
  | { readonly kind: 'delete'; readonly rows: Choice }
  | {
      readonly kind: 'touch'
      readonly rows: Choice
      /** What can be seen of it. */
      readonly shows: 'status' | 'sentAt' | 'nothing'
      /** `at-once`: all get one time; `in-the-past`: of an earlier time. */
      readonly order: 'as-they-stand' | 'reversed' | 'shuffled' | 'at-once' | 'in-the-past'
    }

type Touch = Extract<Change, { kind: 'touch' }>

/** A poll, and what happens meanwhile: before the n-th request, and after which of its steps the process dies. */
export interface Poll {
  readonly changes: readonly { readonly beforeRequest: number; readonly change: Change }[]
  readonly dies: readonly number[]
}

/** An upstream that is archived, and everything that happens to it. */
export interface Story {
  readonly seed: number
  readonly rows: number
  readonly ties: 'stable' | 'shuffle'
  readonly totals: boolean
  readonly maxPerPage: number
  readonly reportPerPage: boolean
  readonly chapters: readonly { readonly before: readonly Change[]; readonly poll: Poll }[]
}

/** Of integers, since random doubles are nearly all close to 0. */
const share = fc.integer({ min: 0, max: 999 }).map((each) => each / 1000)

const rows: fc.Arbitrary<Choice> = fc.record({
  where: fc.constantFrom('front' as const, 'front' as const, 'behind' as const, 'any' as const),
  place: share,
  amount: fc.oneof(
    share,
    share.map((each) => each / 20),
  ),
})

const change: fc.Arbitrary<Change> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('arrive' as const),
      count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 250 })),
      isAtOnce: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), rows }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('touch' as const),
      rows,
      shows: fc.constantFrom<Touch['shows'][]>('status', 'status', 'status', 'sentAt', 'nothing'),
      order: fc.oneof(
        {
          weight: 15,
          arbitrary: fc.constantFrom<Touch['order'][]>('as-they-stand', 'reversed', 'shuffled', 'at-once'),
        },
        { weight: 1, arbitrary: fc.constant<Touch['order']>('in-the-past') },
      ),
    }),
  },
)

const poll: fc.Arbitrary<Poll> = fc.record({
  changes: fc.array(fc.record({ beforeRequest: fc.integer({ min: 1, max: 30 }), change }), { maxLength: 6 }),
  dies: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
})

export const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  rows: fc.oneof(fc.integer({ min: 0, max: 150 }), fc.integer({ min: 150, max: 900 })),
  ties: fc.constantFrom('stable' as const, 'shuffle' as const),
  totals: fc.boolean(),
  maxPerPage: fc.constantFrom(100, 100, 100, 40, 20),
  reportPerPage: fc.boolean(),
  chapters: fc.array(fc.record({ before: fc.array(change, { maxLength: 3 }), poll }), {
    minLength: 1,
    maxLength: 4,
  }),
})
