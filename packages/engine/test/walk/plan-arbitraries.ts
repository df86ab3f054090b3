import fc from 'fast-check'
import type { LieKind } from '../model/lie.js'
import { lyingHistoryPlan } from '../model/lie-arbitraries.js'
import type { Change, HistoryPlan, Stage } from '../model/plan.js'
import { historyPlan, share } from '../model/plan-arbitraries.js'
import { steps } from '../model/step-arbitraries.js'

/** A change of the table, and before which page of the whole reading it happens. */
export interface TimedChange {
  readonly page: number
  readonly stage: Stage
  readonly change: Change
}

/** A reading of one list by page numbers, in several answers. */
export interface WalkPlan {
  /** Its only upstream has pages, and no clause but the range is asked for. */
  readonly history: HistoryPlan
  readonly changes: readonly TimedChange[]
  /** The first answers; those that follow take 150 rows each, without a limit on pages. */
  readonly answers: readonly AnswerPlan[]
  /** Which of the pages that the walk allows comes, from 0 up to 1, by turns. */
  readonly choices: readonly number[]
}

/** How much one answer reads. */
export interface AnswerPlan {
  readonly rows: number
  /** It ends early after so many pages; null for no limit. */
  readonly pages: number | null
}

/** What is checked outside of the walk, row by row or before a page reaches it. */
const CHECKED_ELSEWHERE: readonly LieKind[] = [
  'filter-ignored',
  'direction-ignored',
  'repeated-row',
  'lasting-error',
  'stuck-cursor',
]

function asWalk(history: HistoryPlan): HistoryPlan {
  const upstreams = history.upstreams.slice(0, 1).map((upstream) => ({
    ...upstream,
    kind: 'page' as const,
    lies: upstream.lies.filter(({ kind }) => !CHECKED_ELSEWHERE.includes(kind)),
  }))
  return { ...history, upstreams, filter: [], direction: 'never' }
}

/** The changes that random steps make, in their order, spread over the pages of the reading. */
const changes: fc.Arbitrary<TimedChange[]> = fc
  .tuple(steps, fc.array(fc.nat(12), { minLength: 8, maxLength: 8 }))
  .map(([taken, pages]) =>
    taken.flatMap((step, nth): TimedChange[] => {
      const page = pages[nth % pages.length] ?? 0
      if (step.do === 'change') return [{ page, stage: 'request', change: step.change }]
      return step.do === 'schedule' ? [{ page, stage: step.stage, change: step.change }] : []
    }),
  )

function walkOver(plans: fc.Arbitrary<HistoryPlan>): fc.Arbitrary<WalkPlan> {
  return fc.record({
    history: plans.map(asWalk),
    changes,
    answers: fc.array(
      fc.record({
        rows: fc.constantFrom(1, 7, 20, 50, 100, 500),
        pages: fc.constantFrom(null, null, null, 1, 3),
      }),
      { minLength: 1, maxLength: 6 },
    ),
    choices: fc.array(share, { minLength: 1, maxLength: 6 }),
  })
}

export const honestWalk: fc.Arbitrary<WalkPlan> = walkOver(historyPlan)
export const lyingWalk: fc.Arbitrary<WalkPlan> = walkOver(lyingHistoryPlan)
