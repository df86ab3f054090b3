import { createHash } from 'node:crypto'
import type { Message } from '@waybill/core'
import type { Stored } from '../../store/archive-store.js'
import { MOST_CHANGES_ROWS, MOST_KNOWN, UNCHANGED_ROWS, UNTOUCHED_ROWS } from './constants.js'
import type { Resumable } from './read-next.js'
import { differs } from './reconcile.js'

/** A row as it was listed: its id, and a digest of its fields. */
export type RowFingerprint = readonly [id: string, look: string]

/** The last scan of the changes, as a plain value. */
export interface LastScan {
  /** When it ended, in milliseconds since the epoch. */
  readonly endedAt: number
  /** Rows that it read, or that came after those. */
  readonly fingerprints: readonly RowFingerprint[]
}

/** An incremental scan of the changes: it reads until it comes to rows that are as the last scan left them. A plain value. */
export interface ChangeScan extends Resumable {
  readonly begunAt: number
  /** Counts the scans of the same changes from 1: the later ones check whether the first has missed any. */
  readonly attempt: number
  /** How many rows it reads at least. */
  readonly atLeast: number
  readonly fingerprints: readonly RowFingerprint[]
  readonly rows: number
  /** How many rows in a row had the fingerprint that they had in the last scan. */
  readonly untouched: number
  /** How many rows in a row are stored unchanged since before the last scan ended. */
  readonly unchanged: number
  /** How many requests in a row brought no row. */
  readonly barren: number
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
    unchanged: 0,
    barren: 0,
    earliest: null,
    isLong: false,
  }
}

/** The scan after another page of the list. */
export function scanPage(
  pass: ChangeScan,
  messages: readonly Message[],
  stored: ReadonlyMap<string, Stored>,
  { fingerprints, endedAt }: LastScan,
  cursor: string | null,
): ChangeScan {
  const lastDigests = new Map(fingerprints)
  const isFirst = pass.rows === 0
  let { untouched, unchanged, earliest, isLong } = pass
  for (const message of messages) {
    const known = stored.get(message.upstreamId)
    untouched = lastDigests.get(message.upstreamId) === digestOf(message) ? untouched + 1 : 0
    if (known === undefined) continue
    if (known.deleted || differs(known.message, message)) {
      untouched = 0
      unchanged = 0
      earliest = Math.min(earliest ?? message.sentAt, message.sentAt)
      isLong ||= !isFirst
    } else if (known.changedAt <= endedAt) unchanged += 1
  }
  return {
    ...pass,
    cursor: cursor ?? pass.cursor,
    fingerprints: [...pass.fingerprints, ...messages.map(fingerprintOf)].slice(0, MOST_KNOWN),
    rows: pass.rows + messages.length,
    untouched,
    unchanged,
    earliest,
    isLong,
  }
}

/** Whether nothing behind can have been touched since the last pass, as far as the rows tell. */
export function isOver(
  { rows, atLeast, untouched, unchanged }: ChangeScan,
  { fingerprints }: LastScan,
): boolean {
  const enough = Math.min(UNTOUCHED_ROWS, fingerprints.length)
  return rows >= atLeast && ((enough > 0 && untouched >= enough) || unchanged >= UNCHANGED_ROWS)
}

/** Whether it goes no further, though more may have changed. */
export function isTooLong({ rows }: ChangeScan): boolean {
  return rows >= MOST_CHANGES_ROWS
}

/** What the next scan has to know of one that has ended. Rows that it did not reach keep their fingerprints. */
export function fingerprintsAfter(pass: ChangeScan, before: LastScan): RowFingerprint[] {
  const met = new Set(pass.fingerprints.map(([id]) => id))
  return [...pass.fingerprints, ...before.fingerprints.filter(([id]) => !met.has(id))].slice(0, MOST_KNOWN)
}

export function fingerprintOf(message: Message): RowFingerprint {
  return [message.upstreamId, digestOf(message)]
}

/** A short digest of the fields of a message that can change; equal for messages that are the same. */
function digestOf(message: Message): string {
  const { raw: _, direction: __, contact: ___, ...visible } = message
  return createHash('sha256')
    .update(JSON.stringify(Object.values(visible)))
    .digest('base64url')
    .slice(0, 8)
}
