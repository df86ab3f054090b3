import { createRandom, itemAt, mixSeeds } from '../random/random.js'
import { firstPosition } from './sorted-index.js'

/** `ORDER BY time ASC|DESC LIMIT limit OFFSET offset`. */
export interface PageSlice {
  readonly descending: boolean
  readonly offset: number
  readonly limit: number
}

/**
 * Cuts a page out of rows that ascend by time, at the cost of the page and of the groups of equal times at its edges.
 *
 * Without a seed equal times keep the order of `rows`, reversed when descending. With one, every group of equal times
 * is permuted; the permutation depends on the seed and the time alone, so pages cut with the same seed fit together.
 */
export function pageOf<Row>(
  rows: readonly Row[],
  timeOf: (row: Row) => number,
  { descending, offset, limit }: PageSlice,
  tieSeed: number | null,
): Row[] {
  const near = Math.min(offset, rows.length)
  const far = Math.min(offset + limit, rows.length)
  const [low, high] = descending ? [rows.length - far, rows.length - near] : [near, far]
  const page = tieSeed === null ? rows.slice(low, high) : cutShuffled(rows, timeOf, low, high, tieSeed)
  return descending ? page.toReversed() : page
}

function cutShuffled<Row>(
  rows: readonly Row[],
  timeOf: (row: Row) => number,
  low: number,
  high: number,
  seed: number,
): Row[] {
  if (low >= high) return []
  const earliest = timeOf(itemAt(rows, low))
  const latest = timeOf(itemAt(rows, high - 1))
  const start = firstPosition(rows, (row) => timeOf(row) >= earliest)
  const end = firstPosition(rows, (row) => timeOf(row) > latest)
  const widened = rows.slice(start, end)
  shuffleTies(widened, timeOf, seed)
  return widened.slice(low - start, high - start)
}

function shuffleTies<Row>(rows: Row[], timeOf: (row: Row) => number, seed: number): void {
  let from = 0
  for (let to = 1; to <= rows.length; to++) {
    const time = timeOf(itemAt(rows, from))
    if (to < rows.length && timeOf(itemAt(rows, to)) === time) continue
    if (to - from > 1) createRandom(mixSeeds(seed, time)).shuffle(rows, from, to)
    from = to
  }
}

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
