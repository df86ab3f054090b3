/** A row that an earlier pass over a list met: its id, and how it looked then. */
export type Mark = readonly [id: string, look: string]

/** A row as a pass meets it. */
export interface PassRow {
  readonly id: string
  readonly look: string
  /** Against what is stored: `same`; `changed`, or not stored though all else is; `unknown`, while much is not stored yet. */
  readonly news: 'same' | 'changed' | 'unknown'
  /** Since when it is stored like that: since before the earlier pass ended; since this one began; or since between. */
  readonly age: 'old' | 'own' | 'recent'
}

/** How much it takes to be certain that everything behind is as it was. */
export interface Proof {
  /** So many rows of the earlier pass in a row, unchanged. */
  readonly marks: number
  /** And at least so many rows without news since the last one with. */
  readonly rows: number
}

/** Where a pass stands, as a plain value. */
export interface BoundaryState {
  /** How many rows of the earlier pass came in a row. */
  readonly marks: number
  /** Whether enough of them came since the last news. */
  readonly proven: boolean
  /** How many rows came since the last news. */
  readonly rows: number
  /** How many of those are old. */
  readonly oldRows: number
}

export const NOTHING_SEEN: BoundaryState = { marks: 0, proven: false, rows: 0, oldRows: 0 }

/**
 * How many old rows without news have to do where every row of the earlier pass was touched since. What was stored
 * meanwhile says nothing: it was touched, and another task, or this pass before it began again, met it.
 */
const UNMARKED_ROWS = 1000

/**
 * The end of what may have changed since an earlier pass over the same list.
 *
 * Rows that were touched stand in front of all that were not, and those stand as they stood. So behind a row that was
 * not touched nothing can be new. A single row that looks the same does not prove that it was not: it may have been
 * touched without a visible change, or be known already from elsewhere. Many in a row, all of them rows that the
 * earlier pass met, do: what was touched in between would stand between them.
 */
export class Boundary {
  readonly #looks: ReadonlyMap<string, string>
  readonly #proof: Proof
  #state: BoundaryState

  constructor(marks: readonly Mark[], proof: Proof, state: BoundaryState = NOTHING_SEEN) {
    this.#looks = new Map(marks)
    this.#proof = { ...proof, marks: Math.min(proof.marks, this.#looks.size) }
    this.#state = state
  }

  get state(): BoundaryState {
    return this.#state
  }

  /** Whether nothing behind the rows seen so far can be new. Never so where there was no earlier pass. */
  get isReached(): boolean {
    const { proven, rows, oldRows } = this.#state
    return this.#looks.size > 0 && ((proven && rows >= this.#proof.rows) || oldRows >= UNMARKED_ROWS)
  }

  /** Goes on by rows of the list, in their order. */
  see(rows: readonly PassRow[]): void {
    for (const row of rows) this.#see(row)
  }

  #see({ id, look, news, age }: PassRow): void {
    if (news === 'changed') {
      this.#state = NOTHING_SEEN
      return
    }
    const { marks, proven, rows, oldRows } = this.#state
    const inRow = this.#looks.get(id) === look ? marks + 1 : 0
    const isSame = news === 'same'
    this.#state = {
      marks: inRow,
      proven: proven || inRow >= this.#proof.marks,
      rows: rows + (isSame ? 1 : 0),
      oldRows: oldRows + (isSame && age === 'old' ? 1 : 0),
    }
  }
}
