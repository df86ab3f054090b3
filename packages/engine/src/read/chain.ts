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

/** Most rows that a position remembers whose times are not known any more. */
const MAX_TRAIL = 300
/** Most rows that it remembers of a group of ties. */
const MAX_TIED_TRAIL = 1000
/** Fewest rows that two consecutive pages share: one above the last row tells that nothing slipped between. */
const BASE_OVERLAP = 2
/** Used once rows were seen out of the order of their `sentAt`. */
const HIDDEN_KEY_OVERLAP = 4
/** Most rows that are taken to share a sort key that does not show in their `sentAt`. */
export const MAX_HIDDEN_TIES = 12
/** How many places tell what the next ones will call for. */
const LAST_PLACES = 100
/** Used under a sort by a key that has nothing to do with `sentAt` and that rows change while one reads. */
const MOVING_KEY_OVERLAP = 12

/**
 * The rows of one stream in the order in which they are yielded. When a page ends inside a group of equal sort keys,
 * a row of that group may stand before the next page at its time: the next page must begin above the whole group.
 *
 * The sort key itself is hidden. Rows near each other whose `sentAt` lie no further apart than rows were ever seen to
 * stand in the wrong order may have one key; where every row stands in order, only those of the very same time.
 */
export class Chain {
  readonly #rows: ChainRow[]
  readonly #indexes: Map<string, number>
  readonly #order: StreamOrder
  /** How many of the first rows were remembered from an earlier answer. */
  readonly #remembered: number
  #spread: number

  /** The chain as far as a position remembers it. */
  constructor(order: StreamOrder, position: RowPosition | null) {
    const { trail = [], ties = 0, sentAt = null, hint = null, spread = 0 } = position ?? {}
    this.#order = order
    this.#spread = spread
    this.#remembered = trail.length
    this.#rows = trail.map((id, index) => {
      const fromEnd = trail.length - index
      return { id, sentAt: fromEnd <= ties ? sentAt : null, message: null, hint: fromEnd === 1 ? hint : null }
    })
    this.#indexes = new Map(this.#rows.map((row, index) => [row.id, index]))
  }

  get length(): number {
    return this.#rows.length
  }

  /** The furthest that a row was seen to stand before one of an earlier place in the order, in milliseconds. */
  get spread(): number {
    return this.#spread
  }

  /** Whether rows may change their place in the order while one reads. */
  get keysMove(): boolean {
    return !this.#order.followsTime
  }

  /**
   * How many of the first rows may have the sort key of rows that were read before them and are not remembered: what
   * stands below one of these, and is not in the chain, is not certainly new.
   */
  get blindStart(): number {
    if (this.#remembered < this.#leastTrail) return 0
    if (this.keysMove) return MOVING_KEY_OVERLAP
    return this.#order.slack > 0 ? HIDDEN_KEY_OVERLAP : 0
  }

  /** A trail that is shorter holds everything that was read. */
  get #leastTrail(): number {
    return this.keysMove ? 3 * MOVING_KEY_OVERLAP : MIN_TRAIL
  }

  at(index: number): ChainRow | undefined {
    return this.#rows[index]
  }

  indexOf(id: string): number | undefined {
    return this.#indexes.get(id)
  }

  /** Whether a time stands before (negative) or behind (positive) that of the last row; 0 where that cannot be told. */
  compareToEnd(sentAt: number): number {
    const last = this.#rows.at(-1)?.sentAt ?? null
    return last === null || this.keysMove ? 0 : this.#order.rank(sentAt) - this.#order.rank(last)
  }

  /**
   * Whether a row of this time that is not in the chain was certainly not read: it comes later than the last row, or has
   * its time, for all that were read of that time are remembered.
   */
  isUnread(sentAt: number): boolean {
    const order = this.compareToEnd(sentAt)
    return order > 0 || (this.#order.slack === 0 && this.#rows.at(-1)?.sentAt === sentAt && !this.keysMove)
  }

  /** Whether a row of this time may have the sort key of the last row, and its time does not tell whether it was read. */
  mayTie(sentAt: number): boolean {
    return this.keysMove || (this.#reach > 0 && Math.abs(this.compareToEnd(sentAt)) <= this.#reach)
  }

  /** Whether a row of one time stands certainly behind a row of another. */
  isBehind(sentAt: number, other: number): boolean {
    return !this.keysMove && this.#order.rank(sentAt) - this.#order.rank(other) > this.#reach
  }

  /** How far apart the times of two rows may lie that have one sort key. */
  get #reach(): number {
    return Math.max(this.#order.slack, this.#spread)
  }

  /** Whether a row of this time stands certainly before the last row. */
  isBeforeEnd(sentAt: number): boolean {
    return this.compareToEnd(sentAt) < -this.#order.slack
  }

  append(row: ChainRow): void {
    if (row.sentAt !== null) this.#spread = Math.max(this.#spread, -this.compareToEnd(row.sentAt))
    this.#indexes.set(row.id, this.#rows.length)
    this.#rows.push(row)
  }

  /** Sees rows of the chain again, some of whose times are not known any more. */
  recall(rows: readonly Message[]): void {
    for (const { upstreamId, sentAt } of rows) {
      const index = this.#indexes.get(upstreamId)
      const row = index === undefined ? undefined : this.#rows[index]
      if (index !== undefined && row?.message === null) this.#rows[index] = { ...row, sentAt }
    }
  }

  /** Forgets the rows from `index` on. */
  truncate(index: number): void {
    for (const row of this.#rows.splice(index)) this.#indexes.delete(row.id)
  }

  /** How many rows before `count`, in a row, may have the sort key of the last of them, that one included. */
  tiesAt(count: number): number {
    let start = count - 1
    if ((this.#rows[start]?.sentAt ?? null) === null) return 0
    while (start > 0 && this.#isTie(start - 1, count - 1)) start -= 1
    return count - start
  }

  /** How many of the rows before `count` a page must share to prove that it follows on them. */
  overlapAt(count: number): number {
    if (this.keysMove) return MOVING_KEY_OVERLAP
    return Math.max(this.#spread > 0 ? HIDDEN_KEY_OVERLAP : BASE_OVERLAP, this.tiesAt(count) + 1)
  }

  /**
   * How many rows a page has to share to follow on one whose rows are not known yet: as many as any of the last places
   * called for. A group of equal times that is larger than most does not count, for there may be no other like it.
   */
  get likelyOverlap(): number {
    const places = Array.from({ length: Math.min(LAST_PLACES, this.length) }, (_, nth) => this.length - nth)
    const overlaps = places
      .map((count) => this.overlapAt(count))
      .filter((each) => each <= MAX_HIDDEN_TIES + 1)
    return Math.max(BASE_OVERLAP, ...overlaps)
  }

  /**
   * Ids of the rows before `count`, enough to recognize the place and not to yield one of them again. They begin with
   * the first row of a group of ties: any of them may be found first, and none of its ties may pass for new. Ties that
   * cannot be seen are allowed for by more rows.
   */
  trailAt(count: number): string[] {
    const wanted = Math.min(MAX_TIED_TRAIL, Math.max(2 * this.overlapAt(count), this.#leastTrail))
    const first = Math.max(0, count - wanted)
    let start = first
    while (start > count - MAX_TRAIL && start > 0 && this.#mayBeTie(start - 1, first)) start -= 1
    return this.#rows.slice(start, count).map((row) => row.id)
  }

  /** Ids of the rows that are known to follow `count`: its ties, and at least as many as pages share. */
  aheadAt(count: number): string[] {
    let end = count + Math.min(MAX_TIED_TRAIL, Math.max(MIN_AHEAD, this.overlapAt(count)))
    while (end < Math.min(this.#rows.length, count + MAX_TRAIL) && this.#isTie(end, count - 1)) end += 1
    return this.#rows.slice(count, end).map((row) => row.id)
  }

  #isTie(index: number, other: number): boolean {
    const [a, b] = [this.#rows[index]?.sentAt ?? null, this.#rows[other]?.sentAt ?? null]
    return a !== null && b !== null && Math.abs(a - b) <= this.#spreadOver(index, other)
  }

  #mayBeTie(index: number, other: number): boolean {
    const [a, b] = [this.#rows[index]?.sentAt ?? null, this.#rows[other]?.sentAt ?? null]
    return a === null || b === null || Math.abs(a - b) <= this.#spreadOver(index, other)
  }

  #spreadOver(index: number, other: number): number {
    return Math.abs(index - other) < MAX_HIDDEN_TIES ? this.#spread : 0
  }
}
