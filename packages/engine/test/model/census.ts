import type { MessageSort } from '@waybill/core'
import type { WacrRow, WacrTable } from '@waybill/emulators'

/** What a traversal did with the rows of one source. */
export interface Tally {
  readonly lost: readonly string[]
  readonly repeated: readonly string[]
  readonly disordered: readonly string[]
  /** Rows that never matched, or never existed. */
  readonly wrong: readonly string[]
}

/** The table that is read, and which of its rows are wanted, in which order. */
export interface CensusTask {
  readonly table: WacrTable
  readonly kind: 'window' | 'page' | 'cursor'
  readonly matches: (row: WacrRow) => boolean
  readonly sort: MessageSort
  /** Whether the two directions each have an order of their own. */
  readonly byDirection: boolean
}

/** A row as it was when the traversal began. */
interface Known {
  readonly key: number
  readonly direction: string
}

/** Follows the rows of one source while it is read: which of them must be yielded, which may be, and in what order. */
export class Census {
  readonly #task: CensusTask
  /** Rows that matched when the traversal began and have kept their sort key since, deleted ones included. */
  readonly #placed = new Map<string, Known>()
  readonly #moved = new Set<string>()
  readonly #directions = new Map<string, string>()
  /** Rows that matched at any time. */
  readonly #matched = new Set<string>()
  #stable: Set<string>
  readonly #yielded: string[] = []
  #lastKey: number | null = null
  #changes = 0

  /** Begins with the rows that the table has now. */
  constructor(task: CensusTask) {
    this.#task = task
    for (const row of task.table.rows()) this.#directions.set(String(row.id), row.direction)
    for (const row of task.table.rows().filter(task.matches)) {
      this.#placed.set(String(row.id), { key: row[task.sort.field], direction: row.direction })
      this.#matched.add(String(row.id))
    }
    this.#stable = new Set(this.#matched)
    this.observe()
  }

  get sort(): MessageSort {
    return this.#task.sort
  }

  /** The sort key of the row that was yielded last; null before the first. */
  get lastKey(): number | null {
    return this.#lastKey
  }

  /** The row that was yielded last. */
  get last(): string | undefined {
    return this.#yielded.at(-1)
  }

  /** The rows that must be yielded. */
  get stable(): ReadonlySet<string> {
    return this.#stable
  }

  /** How many rows arrived, changed or were deleted since the traversal began. */
  get changes(): number {
    return this.#changes
  }

  /** The true direction of a row that there was at any time. */
  directionOf(id: string): string | undefined {
    return this.#directions.get(id)
  }

  arrived(row: WacrRow): void {
    this.#changes += 1
    this.#directions.set(String(row.id), row.direction)
    if (this.#task.matches(row)) this.#matched.add(String(row.id))
  }

  deleted(id: number): void {
    this.#changes += 1
    this.#stable.delete(String(id))
  }

  /** Takes in a row whose status and time of update changed. */
  touched(row: WacrRow): void {
    this.#changes += 1
    const id = String(row.id)
    if (this.#task.matches(row)) this.#matched.add(id)
    else this.#stable.delete(id)
    if (!this.#movingSort) return
    this.#moved.add(id)
    this.#stable.delete(id)
    this.#placed.delete(id)
  }

  /** Only what is within a window's reach from the first call to the last must be yielded. */
  observe(): void {
    const { kind, table } = this.#task
    if (kind !== 'window') return
    const newest = table.page({ sort: '-created_at', perPage: 101, seed: 1 })
    const reach = new Set(newest.slice(0, 100).map((row) => String(row.id)))
    const edge = newest.slice(99).map((row) => row.createdAt)
    this.#stable = new Set(
      [...this.#stable].filter((id) => reach.has(id) && !isCut(edge, this.#placed.get(id)?.key)),
    )
  }

  yielded(id: string): void {
    this.#yielded.push(id)
    this.#lastKey = this.#task.table.get(Number(id))?.[this.#task.sort.field] ?? this.#lastKey
  }

  tally(): Tally {
    const seen = new Set<string>()
    const repeated: string[] = []
    for (const id of this.#yielded) {
      if (seen.has(id) && !this.#moved.has(id)) repeated.push(id)
      seen.add(id)
    }
    const lists = this.#task.byDirection ? ['inbound', 'outbound'] : [null]
    return {
      lost: [...this.#stable].filter((id) => !seen.has(id)),
      repeated,
      disordered: lists.flatMap((direction) => this.#disordered(direction)),
      wrong: [...seen].filter((id) => !this.#matched.has(id)),
    }
  }

  /** Rows that came after one with a later key; equal keys may come in any order. */
  #disordered(direction: string | null): string[] {
    const sign = this.#task.sort.direction === 'asc' ? 1 : -1
    let furthest = Number.NEGATIVE_INFINITY
    return [...new Set(this.#yielded)].filter((id) => {
      const row = this.#placed.get(id)
      if (row === undefined || (direction !== null && row.direction !== direction)) return false
      const isLate = sign * row.key < furthest
      furthest = Math.max(furthest, sign * row.key)
      return isLate
    })
  }

  get #movingSort(): boolean {
    return this.#task.sort.field === 'updatedAt'
  }
}

/** A window that ends inside a group of equal times may hold any of them. */
function isCut(edge: readonly number[], key: number | undefined): boolean {
  return edge.length === 2 && edge[0] === edge[1] && key === edge[0]
}
