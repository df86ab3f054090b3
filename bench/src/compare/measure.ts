import type { Stage } from '../stage/stage.ts'

/** One comparison of `pnpm bench`. A file in `src/measures` has one, under the name `measure`. */
export interface Measure {
  readonly title: string
  /** What is sent, over which data, and what it is compared with, in a sentence or two of Markdown. */
  readonly about: string
  run(stage: Stage): Promise<Measured>
}

/** What a measure found. */
export interface Measured {
  readonly goals: readonly Goal[]
  /** Everything that was measured, in Markdown. */
  readonly table: string
}

/** A figure that is to be reached: a ratio of two things that were measured in the same run. */
export interface Goal {
  readonly what: string
  readonly against: string
  readonly ratio: number
  /** The ratio is to be at least, or at most, this; null where it is only written down. */
  readonly reach: { readonly atLeast: number } | { readonly atMost: number } | null
}

/** What is wanted of a goal, and whether it was reached, in words. */
export function describeReach({ ratio, reach }: Goal): readonly [wanted: string, reached: string] {
  if (reach === null) return ['–', '–']
  return 'atLeast' in reach
    ? [`≥ ${reach.atLeast}`, ratio >= reach.atLeast ? 'yes' : 'no']
    : [`≤ ${reach.atMost}`, ratio <= reach.atMost ? 'yes' : 'no']
}
