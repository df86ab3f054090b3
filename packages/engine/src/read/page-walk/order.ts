import type { MessageSort } from '@waybill/core'
import type { TimeBounds } from '../../plan/time-bounds.js'

/**
 * The order of a list in ranks that never fall: a time, negated where the list descends. The source sorts by a key of
 * its own that lies within the declared skew of `sentAt`, so what two ranks say about the order of their rows is
 * certain only beyond `slack`, twice the skew.
 */
export interface ListOrder {
  readonly sign: 1 | -1
  /** Whether `sentAt` says anything about the order at all: not under `updatedAt`, nor where the source sorts otherwise. */
  readonly followsTime: boolean
  /** In milliseconds. */
  readonly slack: number
  /** The wanted span, as ranks. */
  readonly first: number
  readonly last: number
}

export function orderOf(sort: MessageSort, maxSkewMs: number, bounds: TimeBounds): ListOrder {
  const sign = sort.direction === 'asc' ? 1 : -1
  return {
    sign,
    followsTime: sort.field === 'createdAt',
    slack: 2 * maxSkewMs,
    first: sign === 1 ? bounds.from : -bounds.to,
    last: sign === 1 ? bounds.to : -bounds.from,
  }
}

/** The place of a time in the order: the greater, the later in the list. */
export function rankOf({ sign }: ListOrder, sentAt: number): number {
  return sign * sentAt
}

/** Whether the wanted span begins later than the list may, so that its start is worth looking for. */
export function startsLate({ followsTime, first }: ListOrder): boolean {
  return followsTime && Number.isFinite(first)
}

/** Whether a row of this time and every row before it lie certainly before the wanted span. */
export function isBeforeSpan(order: ListOrder, sentAt: number): boolean {
  return order.followsTime && rankOf(order, sentAt) < order.first - order.slack
}

/** Whether a row of this time and every row after it lie certainly behind the wanted span. */
export function isBehindSpan(order: ListOrder, sentAt: number): boolean {
  return order.followsTime && rankOf(order, sentAt) - order.slack > order.last
}
