import type { MessageSort } from '@waybill/core'
import type { WacrRow, WacrTable } from '@waybill/emulators'

/** What a traversal did with the rows of one source. */
export interface Tally {
  readonly lost: readonly string[]
  readonly repeated: readonly string[]
  readonly disordered: readonly string[]
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

interface Known {
  readonly key: number
  readonly direction: string
}

/** Follows the rows of one source while it is read: which of them must be yielded, which may be, and in what order. */
export class Census {
  readonly #task: CensusTask
  readonly #rows = new Map<string, Known>()
  #stable: Set<string>
  readonly #yielded: string[] = []

  /** Begins with the rows that the table has now. */
  constructor(task: CensusTask) {
    this.#task = task
    const rows = task.table.rows()
    for (const row of rows)
      this.#rows.set(String(row.id), { key: row[task.sort.field], direction: row.direction })
    this.#stable = new Set(rows.filter(task.matches).map((row) => String(row.id)))
    this.observe()
  }

  get last(): string | undefined {
    return this.#yielded.at(-1)
  }

  /** How many rows must be yielded. */
  get stable(): number {
    return this.#stable.size
  }

  isStable(id: string): boolean {
    return this.#stable.has(id)
  }

  deleted(id: number): void {
    this.#stable.delete(String(id))
  }

  touched(id: number): void {
    if (this.#movingSort) this.#stable.delete(String(id))
  }

  /** Only what is within a window's reach from the first call to the last must be yielded. */
  observe(): void {
    const { kind, table } = this.#task
    if (kind !== 'window') return
    const newest = table.page({ sort: '-created_at', perPage: 101, seed: 1 })
    const reach = new Set(newest.slice(0, 100).map((row) => String(row.id)))
    const edge = newest.slice(99).map((row) => row.createdAt)
    this.#stable = new Set(
      [...this.#stable].filter((id) => reach.has(id) && !isCut(edge, this.#rows.get(id)?.key)),
    )
  }

  yielded(id: string): void {
    this.#yielded.push(id)
  }

  tally(): Tally {
    const seen = new Set<string>()
    const repeated: string[] = []
    for (const id of this.#yielded) {
      if (seen.has(id) && (!this.#movingSort || this.#stable.has(id))) repeated.push(id)
      seen.add(id)
    }
    const lost = [...this.#stable].filter((id) => !seen.has(id))
    const lists = this.#task.byDirection ? ['inbound', 'outbound'] : [null]
    return { lost, repeated, disordered: lists.flatMap((direction) => this.#disordered(direction)) }
  }

  #disordered(direction: string | null): string[] {
    const ascending = this.#task.sort.direction === 'asc'
    const stable = this.#yielded.filter(
      (id) => this.#stable.has(id) && (direction === null || this.#rows.get(id)?.direction === direction),
    )
    return stable.filter((id, index) => {
      const [before, key] = [this.#rows.get(stable[index - 1] ?? '')?.key, this.#rows.get(id)?.key]
      if (before === undefined || key === undefined) return false
      return ascending ? before > key : before < key
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
