import type { Message, SourceWarning, TimeRange } from '@waybill/core'
import { MOST_BELOW } from './constants.js'
import { joinWarnings } from './list-page.js'
import type { Resumable } from './read-next.js'

/** Where an exact reading of the list stands, newest message first, down to a time. A plain value. */
export interface Reading extends Resumable {
  /** Down to which time it reads, in milliseconds since the epoch; 0: everything. */
  readonly from: number
  readonly begunAt: number
  /** Whether it is read without what the engine learns by reading several lists. */
  readonly isPlain: boolean
  /** Whether this is the plain list, read behind the lists by direction: do those lack any of its rows? */
  readonly isCheck: boolean
  /** Ids at the head of the plain list, from before it was begun; null once a check has come to those. */
  readonly top: readonly string[] | null
  /** How many steps in a row brought nothing and went no further. */
  readonly stuck: number
  /** How many requests in a row brought no row. */
  readonly barren: number
  /** How many messages came so far, and how many of them were not stored as they are. */
  readonly read: number
  readonly found: number
  readonly total: number | null
  /** Whether the first page shows that the source does not count. With a warning it may have a total that is not to be trusted. */
  readonly isUncounted: boolean
  /** Why it need not have met every message; empty where it has. */
  readonly losses: readonly SourceWarning[]
  /** Everything that was sent from here on has come, in milliseconds since the epoch. */
  readonly floor: number
  /** Messages that came and were sent before that. */
  readonly below: readonly (readonly [id: string, sentAt: number])[]
  /** Of what was sent from here on, it is not known whether it came. */
  readonly blindFrom: number
}

export function beginReading(
  { from, isPlain, begunAt, top }: Pick<Reading, 'from' | 'isPlain' | 'begunAt' | 'top'>,
  maxSkewMs: number,
): Reading {
  return {
    from,
    isPlain,
    begunAt,
    isCheck: false,
    top,
    cursor: null,
    stuck: 0,
    barren: 0,
    read: 0,
    found: 0,
    total: null,
    isUncounted: false,
    losses: [],
    floor: begunAt,
    below: [],
    // What was recorded after the beginning need not come, and may have been sent so much earlier.
    blindFrom: begunAt - 2 * maxSkewMs,
  }
}

/**
 * The plain list, to be read behind the lists by direction. What came since those were begun proves nothing, so it is as
 * old as they are.
 */
export function beginCheck(reading: Reading, maxSkewMs: number): Reading {
  const { found, losses } = reading
  return { ...beginReading(reading, maxSkewMs), isCheck: true, found, losses }
}

/** A page of it. */
export interface ReadPage {
  readonly messages: readonly Message[]
  readonly losses: readonly SourceWarning[]
  /** How many of the messages were not stored as they are. */
  readonly found: number
  readonly cursor: string | null
  readonly isLast: boolean
  /** Whether it brought nothing and went no further. */
  readonly isStuck: boolean
  /** How many requests in a row brought no row by then. */
  readonly barren: number
}

/** A part of the history that has been read whole, and the messages that it has. */
export interface ReadSpan extends TimeRange {
  readonly ids: ReadonlySet<string>
}

/**
 * The reading after a page, and the span that the page completed.
 *
 * A message that has not come yet was recorded before the last one that has. Either's `sentAt` may depart from that by
 * the skew, so everything sent later than twice the skew after the last one has come.
 */
export function advanceReading(
  reading: Reading,
  { messages, losses, found, cursor, isLast, isStuck, barren }: ReadPage,
  maxSkewMs: number,
): { readonly reading: Reading; readonly span: ReadSpan } {
  const last = messages.at(-1)
  const reached = isLast ? reading.from : last === undefined ? reading.floor : last.sentAt + 2 * maxSkewMs
  const floor = Math.max(reading.from, Math.min(reading.floor, reached))
  const came = [...reading.below, ...messages.map(({ upstreamId, sentAt }) => [upstreamId, sentAt] as const)]
  const below = came.filter(([, sentAt]) => sentAt < floor)
  const overflows = below.length > MOST_BELOW
  const lost = overflows ? Math.min(...below.map(([, sentAt]) => sentAt)) : reading.blindFrom
  return {
    reading: {
      ...reading,
      cursor: cursor ?? reading.cursor,
      barren,
      stuck: isStuck ? reading.stuck + 1 : 0,
      read: reading.read + messages.length,
      found: reading.found + found,
      losses: joinWarnings(reading.losses, losses),
      floor,
      below: overflows ? [] : below,
      blindFrom: Math.min(reading.blindFrom, lost),
    },
    span: {
      from: floor,
      to: Math.min(reading.floor, reading.blindFrom) - 1,
      ids: new Set(came.map(([id]) => id)),
    },
  }
}
