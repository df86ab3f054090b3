import type { FailureCode } from './failure-code.js'

/** Where in its upstream's pages a row was seen: where to look first, never what to trust. */
export interface PageHint {
  /** Position of the row in the whole list, counted from 0. */
  readonly index: number
  /** Page number and size of the request that brought it. */
  readonly number: number
  readonly size: number
  /** The largest page that the server is known to serve. */
  readonly cap: number
}

/** Paging kind `page`: after the last of the rows in `trail`. */
export interface RowPosition {
  readonly at: 'row'
  /** Time of the last row; null where that cannot be read. */
  readonly sentAt: number | null
  /** Ids of the last rows read, in the order in which they were read, at least one. */
  readonly trail: readonly string[]
  /** How many of the last of them may have one sort key, at least 1. */
  readonly ties: number
  /** The furthest that rows were seen to stand out of the order of their times, in milliseconds. */
  readonly spread: number
  /** Ids of the rows that are known to follow and may change places with those of the trail. */
  readonly ahead: readonly string[]
  readonly hint: PageHint
  /**
   * When the newest page was asked for that was looked at up to here, in milliseconds since the epoch. An older one, which
   * this or another replica has kept, may have rows that are gone by now.
   */
  readonly seenAt: number
  /** Whether nothing followed on it when it was last looked at. */
  readonly ended: boolean
}

/** Paging kind `page`: the start of a range is being looked for, between two pages. */
export interface SeekPosition {
  readonly at: 'seek'
  /** Size of the pages that are looked at. */
  readonly size: number
  /** Number of a page that begins before the range, and of one that does not; null while none is known. */
  readonly above: number
  readonly below: number | null
  /** Number of the page to look at next. */
  readonly aim: number
}

/** Paging kind `cursor`: after the source's own cursor. */
export interface CursorPosition {
  readonly at: 'cursor'
  readonly cursor: string
  /** Marks of the last rows read, in the order in which they were read, as far as they are remembered: a source may list them again. */
  readonly trail: readonly string[]
  readonly ended: boolean
}

/** How far one stream of a source has been read. Holds values that stay valid while positions move. */
export type StreamPosition =
  | { readonly at: 'start' }
  /** The list had nothing to read, and has ended. */
  | { readonly at: 'end' }
  /** Paging kind `window`: after the message with this time and id, in the order of the query. */
  | { readonly at: 'key'; readonly sentAt: number; readonly id: string; readonly ended: boolean }
  | CursorPosition
  | RowPosition
  | SeekPosition

/** How far a source has been read: a position for each of its streams, or why it is out of this traversal. */
export type SourcePosition =
  | {
      readonly kind: 'streams'
      readonly streams: readonly StreamPosition[]
      /** Whether the source was seen to pass over the filter that would show the direction. */
      readonly isUndirected: boolean
    }
  | { readonly kind: 'pruned' }
  | { readonly kind: 'failed'; readonly code: FailureCode }

/** Whether a list was read to its end; what has come since is read from there. */
export function hasEnded(position: StreamPosition): boolean {
  return position.at === 'end' || ('ended' in position && position.ended)
}

/** The same place, to read what has come since. */
export function reopened(position: StreamPosition): StreamPosition {
  if (position.at === 'end') return { at: 'start' }
  return 'ended' in position ? { ...position, ended: false } : position
}
