import type { SortedIndex } from './sorted-index.js'

/** What every emulated table can do. Rows are values: they are kept as given, and a change puts a new one in their place. */
export interface RowTable<Row, Key extends keyof Row> {
  readonly size: number
  /** Grows with every change. */
  readonly version: number
  /** Adds a row. @throws Error when the id is taken. */
  insert(row: Row): Row
  /** Changes fields of a row; times change only when the patch holds them. Undefined when there is no such row. */
  update(id: number, patch: Partial<Omit<Row, Key>>): Row | undefined
  /** False when there is no such row. */
  delete(id: number): boolean
  get(id: number): Row | undefined
  /** All rows in the order of insertion. */
  rows(): Row[]
  /** One more than the largest id there ever was; 1 for a new table. */
  nextId(): number
}

/** A {@link RowTable} over a map, which keeps the given indexes up to date. */
export interface RowStore<Row, Key extends keyof Row> extends RowTable<Row, Key> {
  attach(index: SortedIndex<Row>): void
}

/** Makes a store from rows; `idOf` reads the field `Key`. */
export function createRowStore<Row extends object, Key extends keyof Row>(
  idOf: (row: Row) => number,
  initial: Iterable<Row>,
): RowStore<Row, Key> {
  const stored = new Map<number, Row>()
  const indexes: SortedIndex<Row>[] = []
  let version = 0
  let highest = 0

  const insert = (row: Row): Row => {
    const id = idOf(row)
    if (stored.has(id))
      throw new Error(`There is a row with the id ${id} already. Use update() to change it.`)
    stored.set(id, row)
    highest = Math.max(highest, id)
    for (const index of indexes) index.add(row)
    version++
    return row
  }
  for (const row of initial) insert(row)

  return {
    insert,
    update: (id, patch) => {
      const before = stored.get(id)
      if (before === undefined) return undefined
      const after = { ...before, ...patch }
      if (idOf(after) !== id) throw new Error('An id cannot be changed. Delete the row and insert another.')
      stored.set(id, after)
      for (const index of indexes) index.replace(before, after)
      version++
      return after
    },
    delete: (id) => {
      const row = stored.get(id)
      if (row === undefined) return false
      stored.delete(id)
      for (const index of indexes) index.remove(row)
      version++
      return true
    },
    get: (id) => stored.get(id),
    rows: () => [...stored.values()],
    nextId: () => highest + 1,
    get size() {
      return stored.size
    },
    get version() {
      return version
    },
    attach: (index) => void indexes.push(index),
  }
}
