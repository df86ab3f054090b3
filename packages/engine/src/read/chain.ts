import type { Message } from '@waybill/core'
import type { PageHint, RowPosition } from '../cursor/position.js'
import type { StreamOrder } from './order.js'

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

  /** The chain as far as a position remembers it: half of a trail is the overlap, whose rows but one may be ties. */
  constructor(order: StreamOrder, position: RowPosition | null) {
    this.#order = order
    const trail = position?.trail ?? []
    const ties = Math.ceil(trail.length / 2) - 1
    this.#rows = trail.map((id, index) => {
      const last = index === trail.length - 1
      const sentAt = last || index >= trail.length - ties ? (position?.sentAt ?? null) : null
      return { id, sentAt, message: null, hint: last ? (position?.hint ?? null) : null }
    })
    this.#indexes = new Map(this.#rows.map((row, index) => [row.id, index]))
  }

  get length(): number {
    return this.#rows.length
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
    if (!this.#order.followsTime) return MOVING_KEY_OVERLAP
    const base = this.#outOfOrder ? HIDDEN_KEY_OVERLAP : BASE_OVERLAP
    return Math.max(base, this.#visibleTies(count) + 1)
  }

  /** Ids of the rows before `count`, enough to recognize the place and not to yield one of them again. */
  trailAt(count: number): string[] {
    const length = 2 * this.overlapAt(count)
    return this.#rows.slice(Math.max(0, count - length), count).map((row) => row.id)
  }

  /** Ids of the rows that are known to follow `count`. */
  aheadAt(count: number): string[] {
    return this.#rows.slice(count, count + this.overlapAt(count)).map((row) => row.id)
  }

  /** How many rows before `count` have the time of the last of them. */
  #visibleTies(count: number): number {
    const last = this.#rows[count - 1]
    if (last === undefined || last.sentAt === null) return 0
    let ties = 0
    for (let index = count - 1; index >= 0 && this.#rows[index]?.sentAt === last.sentAt; index -= 1) ties += 1
    return ties
  }
}
