import type { ListPiece, StreamRequest } from '@waybill/core'
import { type SelectQueryBuilder, sql } from 'kysely'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { fromIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import { type Keyset, readCursor, writeCursor } from '../query/cursor.js'
import { listRows } from '../query/list-rows.js'
import { firstOf, isAfter, timeColumn } from '../query/position.js'
import { isFound, orderScan } from '../query/scan.js'
import { type Part, type Selection, tighten } from '../query/selection.js'
import { type StoredColumns, toMessage } from '../store/message-row.js'
import { RECORD_COLUMNS, type RecordColumns, toRecords } from './archive-records.js'

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
  let place = after === null ? null : readCursor(sort, after)
  for (;;) {
    const rows = await readRows(database, selection, { sort, after: place, limit: size }, withRaw, signal)
    const last = rows.at(-1)
    if (last === undefined) return
    yield {
      messages: rows.map(toMessage),
      records: records ? await toRecords(database.db, rows) : null,
      cursorAt: (position) => writeCursor(sort, keysetOf(rows[position] ?? last)),
    }
    if (rows.length < size) return
    place = keysetOf(last)
  }
}

interface StreamedRow extends StoredColumns, RecordColumns {
  readonly id_key: string
  /** What the list is sorted by. */
  readonly time: number
}

function keysetOf({ time, id_key }: StreamedRow): Keyset {
  return { time, upstreamId: fromIdKey(id_key) }
}

/** The next rows of a list: with one statement where it is read in its own order, else by the keys of the rows that match. */
async function readRows(
  database: ArchiveDatabase,
  wanted: Selection,
  asked: Part,
  withRaw: boolean,
  signal: AbortSignal | undefined,
): Promise<StreamedRow[]> {
  const { db, dialect } = database
  const [selection, part] = tighten(wanted, asked)
  const order = orderScan(selection, part.sort, database)
  if (selection.search === null && selection.filter.every((clause) => order.answers.includes(clause))) {
    const next = db.selectFrom('messages').where((eb) => isFound(selection, order, eb))
    const page = firstOf(part.after === null ? next : next.where((eb) => isAfter(part, eb)), part, part.limit)
    return abortable(signal, () => columnsOf(page, part, withRaw).execute())
  }
  const listed = await listRows(database, wanted, asked, signal)
  const keys = listed.map(({ rowId }) => rowId)
  const found = db.selectFrom('messages').where((eb) => dialect.isAmongKeys(eb.ref('messages.row_id'), keys))
  const rows = await abortable(signal, () => columnsOf(found, part, withRaw).execute())
  const byKey = new Map(rows.map((row) => [row.row_id, row]))
  return keys.flatMap((key) => byKey.get(key) ?? [])
}

function columnsOf(
  messages: SelectQueryBuilder<Tables, 'messages', object>,
  { sort }: Part,
  withRaw: boolean,
): SelectQueryBuilder<Tables, 'messages', StreamedRow> {
  const rows = messages.select([
    ...RECORD_COLUMNS,
    'id_key',
    'body',
    'contact',
    `${timeColumn(sort)} as time`,
  ])
  return withRaw
    ? rows.select(({ selectFrom }) =>
        selectFrom('originals').select('raw').whereRef('originals.row_id', '=', 'messages.row_id').as('raw'),
      )
    : rows.select(sql<null>`null`.as('raw'))
}
