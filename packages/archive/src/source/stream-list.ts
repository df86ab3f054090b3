import type { ListPiece, StreamRequest } from '@waybill/core'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { fromIdKey } from '../database/encoding.js'
import { readCursor, writeCursor } from '../query/cursor.js'
import type { Selection } from '../query/selection.js'
import { toMessage } from '../store/message-row.js'
import { toRecords } from './archive-records.js'
import { NextRows, type StreamedRow } from './next-rows.js'

/**
 * Reads a list from a cursor to its end, piece by piece.
 * @throws WaybillError INVALID_CURSOR; the signal's reason when it is aborted
 */
export async function* streamList(
  database: ArchiveDatabase,
  selection: Selection,
  { sort, after, size, fields, records }: StreamRequest,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListPiece, void> {
  const withRaw = fields === null || fields.has('raw')
  const next = new NextRows(database, selection, { sort, limit: size }, withRaw)
  let place = after === null ? null : readCursor(sort, after)
  for (;;) {
    const rows = await next.read(place, signal)
    const last = rows.at(-1)
    if (last === undefined) return
    yield {
      messages: rows.map(toMessage),
      records: records ? await toRecords(database.db, rows) : null,
      cursorAt: cursorsOf(rows, sort),
    }
    if (rows.length < size) return
    place = { time: last.time, upstreamId: fromIdKey(last.id_key) }
  }
}

/** Cursors after rows. The rows themselves are not kept: with them a piece would hold every text twice. */
function cursorsOf(rows: readonly StreamedRow[], sort: StreamRequest['sort']): ListPiece['cursorAt'] {
  const times = Float64Array.from(rows, ({ time }) => time)
  const keys = rows.map(({ id_key }) => id_key)
  return (position) =>
    writeCursor(sort, { time: times[position] ?? 0, upstreamId: fromIdKey(keys[position] ?? '') })
}
