import type { PlantedDefect } from '../../../../test/support/mutation.js'

/** The part of the model that has to notice a defect. */
export type Noticer =
  /** Random histories of honest upstreams: what is wrong is the answer. */
  | 'honest'
  /** Those of them that ask for a range of a list whose times lie beside its order. */
  | 'ranges'
  /** Random histories of upstreams that lie: what is wrong is the answer, or that nothing is said of it. */
  | 'lying'
  /** The quiet lists of upstreams that lie. */
  | 'cases'
  /** Histories that went wrong once, for what random ones rarely meet. */
  | 'counterexamples'

/** A defect that is planted in the engine, to see that the model notices. */
export interface Mutant extends PlantedDefect {
  readonly what: string
  readonly by: Noticer
  /** The faults by which the model may notice. */
  readonly noticed: RegExp
}
