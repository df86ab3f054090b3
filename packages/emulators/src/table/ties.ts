import { createRandom } from '../random/random.js'

/**
 * The order of rows with equal times. `shuffle`: another one in every select, as SQL permits.
 * `stable`: by id, in the direction of the sort.
 */
export type Ties = 'shuffle' | 'stable'

/** Gives every select its seed for the order of equal times; null keeps them stable. */
export function createTieSeeds(seed: number): (ties: Ties, given: number | undefined) => number | null {
  const random = createRandom(seed)
  return (ties, given) => {
    if (ties === 'stable') return null
    return given ?? random.integer(0, 2 ** 31)
  }
}
