import type { MessageSort } from '@waybill/core'
import type { TimeBounds } from '../plan/time-bounds.js'

/**
 * The order of a stream in times that never fall: a descending order is an ascending one of negated times.
 * The source sorts by a time of its own that lies within `maxSkewMs` of `sentAt`, so what two rows' `sentAt` say about
 * their order is certain only beyond twice that.
 */
export class StreamOrder {
  /** Whether `sentAt` says anything about the order at all. */
  readonly followsTime: boolean
  readonly #sign: 1 | -1
  readonly #slack: number
  readonly #first: number
  readonly #last: number

  constructor(sort: MessageSort, maxSkewMs: number, bounds: TimeBounds) {
    this.followsTime = sort.field === 'createdAt'
    this.#sign = sort.direction === 'asc' ? 1 : -1
    this.#slack = 2 * maxSkewMs
    this.#first = this.#sign === 1 ? bounds.from : -bounds.to
    this.#last = this.#sign === 1 ? bounds.to : -bounds.from
  }

  /** Whether the wanted span begins later than the stream may, so that its start is worth looking for. */
  get startsLate(): boolean {
    return this.followsTime && Number.isFinite(this.#first)
  }

  /** The place of a time in the order: the greater, the later in the stream. */
  rank(sentAt: number): number {
    return this.#sign * sentAt
  }

  /** Where the wanted span begins, as a rank that allows for the skew. */
  get firstRank(): number {
    return this.#first - this.#slack
  }

  /** Whether this row and every row before it lie certainly before the wanted span. */
  isBefore(sentAt: number): boolean {
    return this.followsTime && this.rank(sentAt) < this.firstRank
  }

  /** Whether this row and every row after it lie certainly behind the wanted span. */
  isBehind(sentAt: number): boolean {
    return this.followsTime && this.rank(sentAt) - this.#slack > this.#last
  }

  get slack(): number {
    return this.#slack
  }
}
