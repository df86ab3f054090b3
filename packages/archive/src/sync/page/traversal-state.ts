import type { Message, TimeRange } from '@waybill/core'

/** Where a traversal of the whole history stands, newest message first, as a plain value. */
export interface TraversalState {
  readonly purpose: 'back-fill' | 'sweep'
  readonly begunAt: number
  /** Where the engine goes on; null at the beginning. */
  readonly cursor: string | null
  /** How many messages came so far, and how many of them were not stored as they are. */
  readonly read: number
  readonly found: number
  readonly total: number | null
  /** Whether each message is labelled with its direction. Not so in one that looks for those that have none. */
  readonly isDirected: boolean
  readonly isDoubtful: boolean
  /** Everything that was sent from here on has come, in milliseconds since the epoch. */
  readonly floor: number
  /** Messages that came and were sent before that. */
  readonly below: readonly (readonly [id: string, sentAt: number])[]
  /** Of what was sent from here on, it is not known whether it came. */
  readonly blindFrom: number
}

export function beginTraversal(
  purpose: TraversalState['purpose'],
  isDirected: boolean,
  begunAt: number,
  maxSkewMs: number,
): TraversalState {
  return {
    purpose,
    begunAt,
    cursor: null,
    read: 0,
    found: 0,
    total: null,
    isDirected,
    isDoubtful: false,
    floor: begunAt,
    below: [],
    // What was recorded after the beginning need not come, and may have been sent so much earlier.
    blindFrom: begunAt - 2 * maxSkewMs,
  }
}

/** Where more messages than that lie within the skew of one another, their absence is not looked for. */
const MOST_BELOW = 20_000

/** A part of the history that has been read whole, and the messages that it has. */
export interface ReadSpan extends TimeRange {
  readonly ids: ReadonlySet<string>
}

/**
 * The state after a page, and the span that it completed.
 *
 * A message that has not come yet was recorded before the last one that has. Either's `sentAt` may depart from that by
 * the skew, so everything sent later than twice the skew after the last one has come.
 */
export function advanceTraversal(
  state: TraversalState,
  messages: readonly Message[],
  maxSkewMs: number,
  isDone: boolean,
): { readonly state: TraversalState; readonly span: ReadSpan } {
  const last = messages.at(-1)
  const reached = isDone ? 0 : last === undefined ? state.floor : last.sentAt + 2 * maxSkewMs
  const floor = Math.min(state.floor, reached)
  const came = [...state.below, ...messages.map((message) => [message.upstreamId, message.sentAt] as const)]
  const below = came.filter(([, sentAt]) => sentAt < floor)
  const overflows = below.length > MOST_BELOW
  const lost = overflows ? Math.min(...below.map(([, sentAt]) => sentAt)) : state.blindFrom
  return {
    state: {
      ...state,
      read: state.read + messages.length,
      floor,
      below: overflows ? [] : below,
      blindFrom: Math.min(state.blindFrom, lost),
    },
    span: {
      from: floor,
      to: Math.min(state.floor, state.blindFrom) - 1,
      ids: new Set(came.map(([id]) => id)),
    },
  }
}
