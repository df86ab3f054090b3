import { createHash } from 'node:crypto'
import type { Message } from '@waybill/core'
import type { Stored } from '../../store/archive-store.js'
import { MOST_CHANGES_ROWS, MOST_KNOWN, SETTLED_ROWS, UNTOUCHED_ROWS } from './constants.js'
import type { Resumable } from './read-next.js'
import { differs } from './reconcile.js'

/** A row as it was met: its id, and a digest of how it looked. */
export type Mark = readonly [id: string, look: string]

/** What is known of the last pass over what changed, as a plain value. */
export interface PassBefore {
  /** When it ended, in milliseconds since the epoch. */
  readonly endedAt: number
  /** Rows that it met, or that stood behind those. */
  readonly marks: readonly Mark[]
}

/** A pass over what changed last, until what was not touched since the last pass. A plain value. */
export interface ChangesPass extends Resumable {
  readonly begunAt: number
  /** Which one it is over the same changes, counted from 1: the others look whether the first has missed any. */
  readonly round: number
  /** How many rows it reads at least. */
  readonly atLeast: number
  readonly marks: readonly Mark[]
  readonly rows: number
  /** How many rows came in a row, looking as they did in the last pass. */
  readonly untouched: number
  /** How many rows came that are stored as they are since before the last pass ended, none of them changed since. */
  readonly settled: number
  /** When the earliest changed message was sent; null where none was changed. */
  readonly earliest: number | null
  /** Whether one stood behind the first page, so that it may have moved meanwhile. */
  readonly isLong: boolean
}

export function beginPass(
  begunAt: number,
  before: Pick<ChangesPass, 'rows' | 'round'> | null = null,
): ChangesPass {
  return {
    begunAt,
    round: (before?.round ?? 0) + 1,
    atLeast: before?.rows ?? 0,
    cursor: null,
    marks: [],
    rows: 0,
    untouched: 0,
    settled: 0,
    earliest: null,
    isLong: false,
  }
}

/** The pass after a page of the list. */
export function seePage(
  pass: ChangesPass,
  messages: readonly Message[],
  stored: ReadonlyMap<string, Stored>,
  { marks, endedAt }: PassBefore,
  cursor: string | null,
): ChangesPass {
  const looks = new Map(marks)
  const isFirst = pass.rows === 0
  let { untouched, settled, earliest, isLong } = pass
  for (const message of messages) {
    const known = stored.get(message.upstreamId)
    untouched = looks.get(message.upstreamId) === lookOf(message) ? untouched + 1 : 0
    if (known === undefined) continue
    if (known.deleted || differs(known.message, message)) {
      untouched = 0
      settled = 0
      earliest = Math.min(earliest ?? message.sentAt, message.sentAt)
      isLong ||= !isFirst
    } else if (known.changedAt <= endedAt) settled += 1
  }
  return {
    ...pass,
    cursor: cursor ?? pass.cursor,
    marks: [...pass.marks, ...messages.map(markOf)].slice(0, MOST_KNOWN),
    rows: pass.rows + messages.length,
    untouched,
    settled,
    earliest,
    isLong,
  }
}

/** Whether nothing behind can have been touched since the last pass, as far as the rows tell. */
export function isOver({ rows, atLeast, untouched, settled }: ChangesPass, { marks }: PassBefore): boolean {
  const enough = Math.min(UNTOUCHED_ROWS, marks.length)
  return rows >= atLeast && ((enough > 0 && untouched >= enough) || settled >= SETTLED_ROWS)
}

/** Whether it goes no further, though more may have changed. */
export function isTooLong({ rows }: ChangesPass): boolean {
  return rows >= MOST_CHANGES_ROWS
}

/** What the next pass has to know of one that has ended. What it did not come to stands as it stood. */
export function marksAfter(pass: ChangesPass, before: PassBefore): Mark[] {
  const met = new Set(pass.marks.map(([id]) => id))
  return [...pass.marks, ...before.marks.filter(([id]) => !met.has(id))].slice(0, MOST_KNOWN)
}

export function markOf(message: Message): Mark {
  return [message.upstreamId, lookOf(message)]
}

/** A short digest of what of a message can be seen to change; equal for messages that look the same. */
function lookOf(message: Message): string {
  const { raw: _, direction: __, ...visible } = message
  return createHash('sha256')
    .update(JSON.stringify(Object.values(visible)))
    .digest('base64url')
    .slice(0, 8)
}
