import { itemAt } from '../random/random.js'

/** Rows kept in ascending order of a time, then of their id. */
export interface SortedIndex<Row> {
  /** All rows in ascending order. A live view: copy what has to last. */
  rows(): readonly Row[]
  add(row: Row): void
  remove(row: Row): void
  /** Puts `after` where it belongs and takes `before`, a row of the same id, away. */
  replace(before: Row, after: Row): void
}

export interface SortedIndexOptions<Row> {
  readonly timeOf: (row: Row) => number
  readonly idOf: (row: Row) => number
  /** The rows that the table holds when the index is first read. */
  readonly load: () => readonly Row[]
}

/**
 * Makes an index that is sorted once, when it is first read, and kept in order from then on.
 * A change costs a binary search and a move of the references behind it.
 */
export function createSortedIndex<Row>({ timeOf, idOf, load }: SortedIndexOptions<Row>): SortedIndex<Row> {
  let sorted: Row[] | null = null
  const compare = (a: Row, b: Row): number => timeOf(a) - timeOf(b) || idOf(a) - idOf(b)
  const positionOf = (rows: readonly Row[], row: Row): number =>
    firstPosition(rows, (other) => compare(other, row) >= 0)

  const add = (row: Row): void => {
    sorted?.splice(positionOf(sorted, row), 0, row)
  }
  const remove = (row: Row): void => {
    sorted?.splice(positionOf(sorted, row), 1)
  }
  return {
    rows: () => (sorted ??= load().toSorted(compare)),
    add,
    remove,
    replace: (before, after) => {
      if (sorted !== null && timeOf(before) === timeOf(after)) {
        sorted[positionOf(sorted, before)] = after
      } else {
        remove(before)
        add(after)
      }
    },
  }
}

/** The first position whose row satisfies a condition that all later rows satisfy too; the length when none does. */
export function firstPosition<Row>(rows: readonly Row[], condition: (row: Row) => boolean): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (condition(itemAt(rows, middle))) high = middle
    else low = middle + 1
  }
  return low
}
