import { type SelectQueryBuilder, sql } from 'kysely'
import type { Message } from '@waybill/core'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import {
  firstOf,
  isAfter,
  POSITION,
  positionsOf,
  toListedRow,
  checkedPositionsOf,
  type CheckedRow,
  type PositionRow,
} from './position.js'
import type { Tables } from '../database/tables.js'
import { isFound, isSelected, orderScan, type Scan } from './scan.js'
import type { ListedRow, Part, Selection } from './selection.js'
import { toMessage } from '../store/message-row.js'

type Rows = SelectQueryBuilder<Tables, 'messages', object>

/** Reads a list in its order until there are enough rows: each scan by itself, then what they found together. */
export async function orderedRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  scans: readonly Scan[],
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const { db } = database
  const [first, ...others] = scans.map((scan) => {
    const next = nextRows(database, selection, part, scan)
    const selected = next.where((eb) => isSelected(selection, scan, database, eb))
    return db.selectFrom(positionsOf(firstOf(selected, part, part.limit), part).as('part')).select(POSITION)
  })
  if (first === undefined) return []
  // Each once: a message may have both parties' numbers.
  const page = db
    .selectFrom(others.reduce((union, each) => union.union(each), first).as('found'))
    .select(POSITION)
    .orderBy('time', part.sort.direction)
    .orderBy('id_key', part.sort.direction)
    .limit(part.limit)
  const rows = await abortable(signal, () => page.execute())
  return rows.map(toListedRow)
}

/** What was found among the next rows of a list. */
export interface NearRows {
  readonly rows: ListedRow[]
  /** Whether that is the page: it is full, or the list has no other rows. */
  readonly isPage: boolean
}

/** The rows of the selection among so many next ones of the list. */
export async function nearRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  stretch: number,
  signal: AbortSignal | undefined,
): Promise<NearRows> {
  const order = orderScan(selection, part.sort, database)
  const next = nextRows(database, selection, part, order)
  // The times of all of them, so that a database sees that they are in order, and stops when the page is full.
  const checked = positionsOf(firstOf(next, part, stretch), part).select((eb) =>
    eb
      .case()
      .when(isSelected(selection, order, database, eb))
      .then(sql.lit(1))
      .end()
      .as('selected'),
  )
  const page = database.db
    .selectFrom(checked.as('next'))
    .select(POSITION)
    .where('selected', 'is not', null)
    .orderBy('time', part.sort.direction)
    .orderBy('id_key', part.sort.direction)
    .limit(part.limit)
  const rows = (await abortable(signal, () => page.execute())).map(toListedRow)
  if (rows.length === part.limit) return { rows, isPage: true }
  // Only what is within a span of time is likely to be so little. Far less than was read, since some of it may have left
  // before it is counted.
  const isShort = order.answers.length > 0 && !(await hasMore(next, Math.floor(stretch / 2), signal))
  return { rows, isPage: isShort }
}

/** Whether a list has more than so many rows. */
async function hasMore(list: Rows, count: number, signal: AbortSignal | undefined): Promise<boolean> {
  const beyond = list.select(sql.lit(1).as('one')).limit(1).offset(count)
  return (await abortable(signal, () => beyond.executeTakeFirst())) !== undefined
}

/** What a scan finds behind the cursor. */
function nextRows({ db }: ArchiveDatabase, selection: Selection, part: Part, scan: Scan): Rows {
  const found = db.selectFrom('messages').where((eb) => isFound(selection, scan, eb))
  return part.after === null ? found : found.where((eb) => isAfter(part, eb))
}

/**
 * Looks up all rows that the scans lead to, and sorts them.
 * @param few how many there may be; null where there are more. They are counted as they are looked up, since an index
 *   on texts takes as long for the one as for the other.
 */
export async function lookUpRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  scans: readonly Scan[],
  few: number,
  signal: AbortSignal | undefined,
): Promise<ListedRow[] | null> {
  const { db, dialect } = database
  const [first, ...others] = scans.map((scan) => {
    const found = db.selectFrom('messages').where((eb) => isFound(selection, scan, eb))
    const checked = checkedPositionsOf(found.limit(few + 1), part, (eb) =>
      eb.and([
        isSelected(selection, scan, database, eb),
        isAfter(part, eb, (time) => dialect.unindexed(time)),
      ]),
    )
    return db.selectFrom(checked.as('part')).select(POSITION)
  })
  if (first === undefined) return []
  const page = db
    .with(
      (cte) => cte('found').materialized(),
      // Each once: a message may have both parties' numbers.
      () => others.reduce((union, each) => union.union(each), first),
    )
    .selectFrom('found')
    .select(POSITION)
    .select(({ selectFrom, fn }) => selectFrom('found').select(fn.countAll<number>().as('all')).as('count'))
    // Those that are not of the selection tell the count where no other does.
    .orderBy('time', (order) => (part.sort.direction === 'asc' ? order.asc() : order.desc()).nullsLast())
    .orderBy('id_key', part.sort.direction)
    .limit(part.limit)
  const rows = await abortable(signal, () => page.execute())
  const count = rows[0]?.count ?? 0
  return count > few ? null : rows.filter(hasPosition).map(toListedRow)
}

function hasPosition<Row extends CheckedRow>(row: Row): row is Row & PositionRow {
  return row.time !== null
}

/** Reads whole messages by their rows' keys. @param withRaw whether the upstream's own objects are wanted. */
export async function loadMessages(
  { db }: ArchiveDatabase,
  rowIds: readonly number[],
  withRaw: boolean,
  signal: AbortSignal | undefined,
): Promise<Map<number, Message>> {
  if (rowIds.length === 0) return new Map()
  const bodies = db.selectFrom('messages').where('messages.row_id', 'in', [...rowIds])
  const loading = withRaw
    ? bodies
        .leftJoin('originals', 'originals.row_id', 'messages.row_id')
        .select(['messages.row_id', 'body', 'contact', 'raw'])
    : bodies.select(['messages.row_id', 'body', 'contact', sql<null>`null`.as('raw')])
  const rows = await abortable(signal, () => loading.execute())
  return new Map(rows.map((row) => [row.row_id, toMessage(row)]))
}
