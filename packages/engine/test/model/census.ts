import type { ModelSettings } from './model-provider.js'

/** What a traversal did with the rows of one source. */
export interface Tally {
  readonly lost: readonly string[]
  readonly repeated: readonly string[]
  readonly disordered: readonly string[]
}

/** Follows the rows of one source while it is read: which of them must be yielded, which may be, and in what order. */
export class Census {
  readonly #settings: ModelSettings
  readonly #movingSort: boolean
  readonly #keys = new Map<string, number>()
  #stable: Set<string>
  readonly #yielded: string[] = []

  constructor(settings: ModelSettings, matches: (id: number) => boolean, sort: 'createdAt' | 'updatedAt') {
    this.#settings = settings
    this.#movingSort = sort === 'updatedAt'
    const rows = settings.table.rows()
    for (const row of rows) this.#keys.set(String(row.id), row[sort])
    this.#stable = new Set(rows.filter((row) => matches(row.id)).map((row) => String(row.id)))
    this.observe()
  }

  get last(): string | undefined {
    return this.#yielded.at(-1)
  }

  deleted(id: number): void {
    this.#stable.delete(String(id))
  }

  touched(id: number): void {
    if (this.#movingSort) this.#stable.delete(String(id))
  }

  /** Only what is within a window's reach from the first call to the last must be yielded. */
  observe(): void {
    if (this.#settings.kind !== 'window') return
    const reach = new Set(
      this.#settings.table.page({ sort: '-created_at', perPage: 100, seed: 1 }).map((row) => String(row.id)),
    )
    const edge = this.#settings.table
      .page({ sort: '-created_at', perPage: 101, seed: 1 })
      .slice(99)
      .map((row) => row.createdAt)
    this.#stable = new Set(
      [...this.#stable].filter((id) => reach.has(id) && !isCut(edge, this.#keys.get(id))),
    )
  }

  yielded(id: string): void {
    this.#yielded.push(id)
  }

  tally(ascending: boolean): Tally {
    const seen = new Set<string>()
    const repeated: string[] = []
    for (const id of this.#yielded) {
      if (seen.has(id) && (!this.#movingSort || this.#stable.has(id))) repeated.push(id)
      seen.add(id)
    }
    const lost = [...this.#stable].filter((id) => !seen.has(id))
    return { lost, repeated, disordered: this.#disordered(ascending) }
  }

  #disordered(ascending: boolean): string[] {
    const stable = this.#yielded.filter((id) => this.#stable.has(id))
    return stable.filter((id, index) => {
      const [before, key] = [this.#keys.get(stable[index - 1] ?? ''), this.#keys.get(id)]
      if (before === undefined || key === undefined) return false
      return ascending ? before > key : before < key
    })
  }
}

/** A window that ends inside a group of equal times may hold any of them. */
function isCut(edge: readonly number[], key: number | undefined): boolean {
  return edge.length === 2 && edge[0] === edge[1] && key === edge[0]
}
