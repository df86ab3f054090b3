import { countOf, type Message, type SourceWarning } from '@waybill/core'
import type { ArchiveStore } from '../../store/archive-store.js'

/** What a list contradicts: itself, or what is stored. */
export interface Doubts {
  readonly warnings: readonly SourceWarning[]
  /** Whether the list shows all that came all the same. */
  readonly isBelieved: boolean
}

/** @param within what contradicts itself in the list, without the rest */
export function doubtsAbout(
  messages: readonly Message[],
  stored: Awaited<ReturnType<ArchiveStore['stored']>>,
  within: readonly SourceWarning[],
  hidesMessages: boolean,
): Doubts {
  const moved = movedTimes(messages, stored)
  const warnings = [
    ...within,
    ...(hidesMessages ? [MESSAGES_HIDDEN] : []),
    ...(moved === null ? [] : [timesMoved(moved)]),
  ]
  return { warnings, isBelieved: moved === null && !warnings.some(({ code }) => HIDES_ROWS.has(code)) }
}

/** Where single rows stand elsewhere, or a total is less than the rows, the list holds what came all the same. */
const HIDES_ROWS: ReadonlySet<SourceWarning['code']> = new Set(['ROWS_HIDDEN', 'SORT_IGNORED'])

/**
 * How many stored messages have another time than before; null where that is as it may be: a single time may be corrected.
 * The times of most messages are not, but they may be read in another zone.
 */
function movedTimes(
  messages: readonly Message[],
  stored: Awaited<ReturnType<ArchiveStore['stored']>>,
): number | null {
  const known = messages.flatMap(({ upstreamId, sentAt }) => {
    const before = stored.get(upstreamId)?.message.sentAt
    return before === undefined ? [] : [{ sentAt, before }]
  })
  const moved = known.filter(({ sentAt, before }) => sentAt !== before).length
  return moved >= FEWEST_MOVED && moved * 2 > known.length ? moved : null
}

const FEWEST_MOVED = 2

const MESSAGES_HIDDEN: SourceWarning = {
  code: 'ROWS_HIDDEN',
  message:
    'The last list of the source lacks messages that it should have, so others may be missing too. Ask the operator of the upstream.',
  field: null,
  count: null,
}

function timesMoved(count: number): SourceWarning {
  const message = `The source lists ${countOf(count, 'message')} with another time than before, so others may be missing. If its times have no zone, check the option timeZone of the provider.`
  return { code: 'ORDER_BROKEN', message, field: 'sentAt', count }
}
