import { createHash } from 'node:crypto'
import type { Message } from '@waybill/core'
import type { Stored } from '../../store/archive-store.js'
import { MOST_CHANGES_ROWS, MOST_KNOWN, UNCHANGED_ROWS, UNTOUCHED_ROWS } from './constants.js'
import type { Resumable } from './read-next.js'
import { differs } from './reconcile.js'

/** A row as it was met: its id, and a digest of how it looked. */
export type RowFingerprint = readonly [id: string, look: string]

/** What is known of the last pass over what changed, as a plain value. */
export interface LastScan {
  /** When it ended, in milliseconds since the epoch. */
  readonly endedAt: number
  /** Rows that it met, or that stood behind those. */
  readonly fingerprints: readonly RowFingerprint[]
}

/** A pass over what changed last, until what was not touched since the last pass. A plain value. */
export interface ChangeScan extends Resumable {
  readonly begunAt: number
  /** Which one it is over the same changes, counted from 1: the others look whether the first has missed any. */
  readonly attempt: number
  /** How many rows it reads at least. */
  readonly atLeast: number
  readonly fingerprints: readonly RowFingerprint[]
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

export function beginScan(
  begunAt: number,
  before: Pick<ChangeScan, 'rows' | 'attempt'> | null = null,
): ChangeScan {
  return {
    begunAt,
    attempt: (before?.attempt ?? 0) + 1,
    atLeast: before?.rows ?? 0,
    cursor: null,
    fingerprints: [],
    rows: 0,
    untouched: 0,
    settled: 0,
    earliest: null,
    isLong: false,
  }
}

/** The pass after a page of the list. */
export function scanPage(
  pass: ChangeScan,
  messages: readonly Message[],
  stored: ReadonlyMap<string, Stored>,
  { fingerprints, endedAt }: LastScan,
  cursor: string | null,
): ChangeScan {
  const looks = new Map(fingerprints)
  const isFirst = pass.rows === 0
  let { untouched, settled, earliest, isLong } = pass
  for (const message of messages) {
    const known = stored.get(message.upstreamId)
    untouched = looks.get(message.upstreamId) === digestOf(message) ? untouched + 1 : 0
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
    fingerprints: [...pass.fingerprints, ...messages.map(fingerprintOf)].slice(0, MOST_KNOWN),
    rows: pass.rows + messages.length,
    untouched,
    settled,
    earliest,
    isLong,
  }
}

/** Whether nothing behind can have been touched since the last pass, as far as the rows tell. */
export function isOver(
  { rows, atLeast, untouched, settled }: ChangeScan,
  { fingerprints }: LastScan,
): boolean {
  const enough = Math.min(UNTOUCHED_ROWS, fingerprints.length)
  return rows >= atLeast && ((enough > 0 && untouched >= enough) || settled >= UNCHANGED_ROWS)
}

/** Whether it goes no further, though more may have changed. */
export function isTooLong({ rows }: ChangeScan): boolean {
  return rows >= MOST_CHANGES_ROWS
}

/** What the next pass has to know of one that has ended. What it did not come to stands as it stood. */
export function fingerprintsAfter(pass: ChangeScan, before: LastScan): RowFingerprint[] {
  const met = new Set(pass.fingerprints.map(([id]) => id))
  return [...pass.fingerprints, ...before.fingerprints.filter(([id]) => !met.has(id))].slice(0, MOST_KNOWN)
}

export function fingerprintOf(message: Message): RowFingerprint {
  return [message.upstreamId, digestOf(message)]
}

/** A short digest of what of a message can be seen to change; equal for messages that look the same. */
function digestOf(message: Message): string {
  const { raw: _, direction: __, ...visible } = message
  return createHash('sha256')
    .update(JSON.stringify(Object.values(visible)))
    .digest('base64url')
    .slice(0, 8)
}
