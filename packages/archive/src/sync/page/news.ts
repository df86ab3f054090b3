import type { Message } from '@waybill/core'
import type { Stored } from '../../store/archive-store.js'
import type { PassRow } from './boundary.js'
import { lookOf } from './look.js'
import type { PassKind } from './pass-state.js'

/** Against what the rows of a pass are held. */
export interface Known {
  readonly stored: ReadonlyMap<string, Stored>
  /** Whether everything is stored, so that a row that is not is news. */
  readonly isAll: boolean
  /** When the earlier pass ended, in milliseconds since the epoch; null where there was none. */
  readonly passedAt: number | null
  /** When this one began. */
  readonly begunAt: number
}

/** Rows as a pass sees them. */
export function rowsOf(messages: readonly Message[], { mindsChanges }: PassKind, known: Known): PassRow[] {
  return messages.map((message) => {
    const stored = known.stored.get(message.upstreamId)
    return {
      id: message.upstreamId,
      look: mindsChanges ? lookOf(message) : '',
      news: newsOf(message, stored, mindsChanges, known.isAll),
      age: stored === undefined ? 'recent' : ageOf(stored.changedAt, known),
    }
  })
}

/** How many of the messages were not stored, or stored as deleted. */
export function countRevealed(messages: readonly Message[], stored: Known['stored']): number {
  return messages.filter(({ upstreamId }) => stored.get(upstreamId)?.deleted !== false).length
}

function ageOf(changedAt: number, { passedAt, begunAt }: Known): PassRow['age'] {
  if (passedAt !== null && changedAt <= passedAt) return 'old'
  return changedAt >= begunAt ? 'own' : 'recent'
}

function newsOf(
  message: Message,
  stored: Stored | undefined,
  mindsChanges: boolean,
  knowsAll: boolean,
): PassRow['news'] {
  if (stored === undefined) return knowsAll ? 'changed' : 'unknown'
  if (!mindsChanges) return 'same'
  return stored.deleted || lookOf(stored.message) !== lookOf(message) ? 'changed' : 'same'
}
