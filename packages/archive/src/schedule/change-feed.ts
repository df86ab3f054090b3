/** Something that a sync did, as other processes hear of it. */
export interface Change {
  readonly source: string
  readonly kind: string
}

/** Carries changes to whoever waits for them, in this process and, where the database can, in others. */
export interface ChangeFeed {
  /** Never throws: who misses a change looks for itself before long. */
  publish(change: Change): void
  /** @returns takes the listener away again */
  subscribe(listener: (change: Change) => void): () => void
  close(): Promise<void>
}

/** A feed within this process. */
export class LocalFeed implements ChangeFeed {
  readonly #listeners = new Set<(change: Change) => void>()

  publish(change: Change): void {
    for (const listener of this.#listeners) listener(change)
  }

  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#listeners.clear()
  }
}
