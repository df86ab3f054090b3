import type { Message } from '@waybill/core'
import type { PageHint, RowPosition } from '../cursor/position.js'
import type { StreamOrder } from './order.js'

/** Fewest rows that a position remembers on either side, so that it is found again when its neighbours are deleted. */
const MIN_TRAIL = 16
const MIN_AHEAD = 8

/** A row in the order in which a stream yields it. */
export interface ChainRow {
  readonly id: string
  /** Null where it is not known any more. */
  readonly sentAt: number | null
  /** Null for a row of an earlier answer. */
  readonly message: Message | null
  readonly hint: PageHint | null
}

/** Fewest rows that two consecutive pages share: one above the last row tells that nothing slipped between. */
const BASE_OVERLAP = 2
/** Used once rows were seen out of the order of their `sentAt`: equal sort keys are then not visible as equal times. */
const HIDDEN_KEY_OVERLAP = 6
/** Used under a sort by a key that has nothing to do with `sentAt` and that rows change while one reads. */
const MOVING_KEY_OVERLAP = 12

/**
 * The rows of one stream in the order in which they are yielded. When a page ends inside a group of equal sort keys,
 * a row of that group may stand before the next page at its time: the next page must begin above the whole group.
 */
export class Chain {
  readonly #rows: ChainRow[]
  readonly #indexes: Map<string, number>
  readonly #order: StreamOrder
  #outOfOrder = false

  /** The chain as far as a position remembers it. */
  constructor(order: StreamOrder, position: RowPosition | null) {
    const { trail = [], ties = 0, sentAt = null, hint = null, outOfOrder = false } = position ?? {}
    this.#order = order
    this.#outOfOrder = outOfOrder
    this.#rows = trail.map((id, index) => {
      const fromEnd = trail.length - index
      return { id, sentAt: fromEnd <= ties ? sentAt : null, message: null, hint: fromEnd === 1 ? hint : null }
    })
    this.#indexes = new Map(this.#rows.map((row, index) => [row.id, index]))
  }

  get outOfOrder(): boolean {
    return this.#outOfOrder
  }

  get length(): number {
    return this.#rows.length
  }

  /** Whether rows may change their place in the order while one reads. */
  get keysMove(): boolean {
    return !this.#order.followsTime
  }

  at(index: number): ChainRow | undefined {
    return this.#rows[index]
  }

  indexOf(id: string): number | undefined {
    return this.#indexes.get(id)
  }

  append(row: ChainRow): void {
    const last = this.#rows.at(-1)?.sentAt ?? null
    if (last !== null && row.sentAt !== null && this.#order.rank(row.sentAt) < this.#order.rank(last)) {
      this.#outOfOrder = true
    }
    this.#indexes.set(row.id, this.#rows.length)
    this.#rows.push(row)
  }

  /** Forgets the rows from `index` on. */
  truncate(index: number): void {
    for (const row of this.#rows.splice(index)) this.#indexes.delete(row.id)
  }

  /** How many of the rows before `count` a page must share to prove that it follows on them. */
  overlapAt(count: number): number {
    if (this.keysMove) return MOVING_KEY_OVERLAP
    const base = this.#outOfOrder ? HIDDEN_KEY_OVERLAP : BASE_OVERLAP
    return Math.max(base, this.tiesAt(count) + 1)
  }

  /**
   * Ids of the rows before `count`, enough to recognize the place and not to yield one of them again. They begin with
   * the first row of a group of ties: any of them may be found first, and none of its ties may pass for new.
   */
  trailAt(count: number): string[] {
    let start = Math.max(0, count - Math.max(2 * this.overlapAt(count), MIN_TRAIL))
    while (start > 0 && this.#mayBeTies(start)) start -= 1
    return this.#rows.slice(start, count).map((row) => row.id)
  }

  /** Whether the row at `index` and the one before it may have one time. */
  #mayBeTies(index: number): boolean {
    const [before, time] = [this.#rows[index - 1]?.sentAt ?? null, this.#rows[index]?.sentAt ?? null]
    return before === null || time === null || before === time
  }

  /** Sees rows of the chain again, some of whose times may not be known any more. */
  recall(rows: readonly Message[]): void {
    for (const { upstreamId, sentAt } of rows) {
      const index = this.#indexes.get(upstreamId)
      const row = index === undefined ? undefined : this.#rows[index]
      if (index !== undefined && row?.sentAt === null) this.#rows[index] = { ...row, sentAt }
    }
  }

  /** Ids of the rows that are known to follow `count`: its ties, and at least as many as pages share. */
  aheadAt(count: number): string[] {
    const time = this.#rows[count - 1]?.sentAt
    let end = count + Math.max(MIN_AHEAD, this.overlapAt(count))
    while (end < this.#rows.length && this.#rows[end]?.sentAt === time) end += 1
    return this.#rows.slice(count, end).map((row) => row.id)
  }

  /** How many rows before `count` have the time of the last of them. */
  tiesAt(count: number): number {
    const last = this.#rows[count - 1]
    if (last === undefined || last.sentAt === null) return 0
    let ties = 0
    for (let index = count - 1; index >= 0 && this.#rows[index]?.sentAt === last.sentAt; index -= 1) ties += 1
    return ties
  }
}
