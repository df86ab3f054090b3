import type { ArchiveRecord, ListPiece, Message, RecordDetail, StreamRequest } from '@waybill/core'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { type Keyset, readCursor, writeCursor } from '../query/cursor.js'
import type { Selection } from '../query/selection.js'
import { toMessage } from '../store/message-row.js'
import { toCurrentRecord, toRecords } from './archive-records.js'
import { NextRows, type StreamedRow } from './next-rows.js'

/** How many rows a statement reads, where a piece has fewer: the next pieces are read along with it. */
const ROWS_READ = 250

/**
 * Reads a list from a cursor to its end, piece by piece. The rows of a statement become messages a piece at a time: so
 * few of them are in memory at once.
 *
 * @throws WaybillError INVALID_CURSOR; the signal's reason when it is aborted
 */
export async function* streamList(
  database: ArchiveDatabase,
  selection: Selection,
  { sort, after, size, fields, records }: StreamRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListPiece, void> {
  const limit = Math.max(size, ROWS_READ)
  const raw = fields === null || fields.has('raw')
  const next = new NextRows(database, selection, { sort, limit }, { raw, records })
  let place = after === null ? null : readCursor(sort, after)
  for (;;) {
    const rows = await next.read(place, signal)
    const whole = records === 'whole' ? await toRecords(database.db, rows) : []
    for (let begin = 0; begin < rows.length; begin += size) {
      const end = begin + size
      const part = rows.slice(begin, end)
      const messages = part.map(toMessage)
      const placeOf = placesOf(part, messages, sort)
      place = placeOf(part.length - 1)
      yield {
        messages,
        records: recordsOf(records, part, whole.slice(begin, end)),
        isContinued: end < rows.length,
        cursorAt: (position) => writeCursor(sort, placeOf(position)),
      }
    }
    if (rows.length < limit) return
  }
}

/** @param whole the records, where they are wanted with their histories */
function recordsOf(
  wanted: RecordDetail,
  rows: readonly StreamedRow[],
  whole: readonly ArchiveRecord[],
): readonly ArchiveRecord[] | null {
  if (wanted === 'none') return null
  return wanted === 'whole' ? whole : rows.map(toCurrentRecord)
}

/** Where the list goes on after each message. The rows themselves are not kept: with them a piece would hold every text twice. */
function placesOf(
  rows: readonly StreamedRow[],
  messages: readonly Message[],
  sort: StreamRequest['sort'],
): (position: number) => Keyset {
  const changed = sort.field === 'updatedAt' ? rows.map(({ changed_at }) => changed_at) : null
  return (position) => {
    const { upstreamId = '', sentAt = 0 } = messages[position] ?? {}
    return { time: changed === null ? sentAt : (changed[position] ?? 0), upstreamId }
  }
}
