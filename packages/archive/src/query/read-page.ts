import type { Message } from '@waybill/core'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { toMessage } from '../store/message-row.js'
import type { Keyset } from './cursor.js'
import { listRows } from './list-rows.js'
import { readOrderedPage } from './page-statement.js'
import { loadMessages } from './read-rows.js'
import { type Part, type Selection, tighten } from './selection.js'

/** One page of a list. */
export interface Page {
  readonly messages: readonly Message[]
  /** Where the list goes on after each of them. */
  readonly places: readonly Keyset[]
  readonly hasNextPage: boolean
}

/**
 * Reads one page of messages.
 *
 * @param withRaw whether the upstream's own objects are wanted
 * @throws the signal's reason when it is aborted
 */
export async function readPage(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  withRaw: boolean,
  signal: AbortSignal | undefined,
): Promise<Page> {
  // One row more shows whether others follow.
  const more = { ...part, limit: part.limit + 1 }
  const ordered = readOrderedPage(database, ...tighten(selection, more), withRaw, signal)
  if (ordered !== null) {
    const found = await ordered
    const shown = found.slice(0, part.limit)
    const messages = shown.map(toMessage)
    return {
      messages,
      places: messages.map(({ sentAt, upstreamId }, index) => ({
        time: shown[index]?.changed_at ?? sentAt,
        upstreamId,
      })),
      hasNextPage: found.length > part.limit,
    }
  }
  const found = await listRows(database, selection, more, signal)
  const shown = found.slice(0, part.limit)
  const ids = shown.map(({ rowId }) => rowId)
  const messages = await loadMessages(database, ids, withRaw, signal)
  // A message may have left since its row was found.
  const rows = shown.filter(({ rowId }) => messages.has(rowId))
  return {
    messages: rows.flatMap(({ rowId }) => messages.get(rowId) ?? []),
    places: rows,
    hasNextPage: found.length > part.limit,
  }
}
