import { type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { fromIdKey, toIdKey } from '../database/id-key.js'
import type { MessagesTable, Tables } from '../database/tables.js'
import { orderScan, type Scan, scanned } from './scan.js'
import type { ListedRow, Part, Selection } from './selection.js'

interface FoundRow {
  readonly row_id: number
  readonly id_key: string
  readonly time: number
}

type Found = SelectQueryBuilder<Tables, 'messages', FoundRow>
type Messages = SelectQueryBuilder<Tables, 'messages', object>

/** What a selection is made by. */
const CHECKED_COLUMNS = [
  'source',
  'sent_at',
  'status',
  'type',
  'direction',
  'interaction_id',
  'sender',
  'recipient',
  'search_text',
] as const satisfies readonly (keyof MessagesTable)[]

/** Reads a list in its order until there are enough rows: each scan by itself, then what they found together. */
export async function orderedRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  scans: readonly Scan[],
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const parts = scans.map((scan) => pageOf(findRows(database, selection, part, scan, 'by index'), part))
  return fetchPage(database, parts, part, signal)
}

/** Looks up all rows that the scans lead to, and sorts them. */
export async function sortedRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  scans: readonly Scan[],
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const parts = scans.map((scan) => findRows(database, selection, part, scan, 'by row'))
  return fetchPage(database, parts, part, signal)
}

/** The rows of the selection among so many next ones of the whole list: fewer than asked for say nothing of the rest. */
export async function nearRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  stretch: number,
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const { source, filter } = selection
  const order = orderScan(selection, part.sort, database)
  const whole = { source, filter: filter.filter((clause) => order.answers.includes(clause)), search: null }
  const next = pageOf(findRows(database, whole, part, order, 'by index'), { ...part, limit: stretch })
  // They have the columns that a selection is made by, and are messages to it.
  const messages = database.db.selectFrom(next.select(CHECKED_COLUMNS).as('next')) as unknown as Messages
  const checked = scanned(messages, selection, { ...order, condition: (eb) => eb.and([]) }, database)
  return fetchPage(
    database,
    [checked.select(['row_id', 'id_key', sql<number>`time`.as('time')])],
    part,
    signal,
  )
}

/** The rows that a scan finds behind the cursor. */
function findRows(
  database: ArchiveDatabase,
  selection: Selection,
  { sort, after }: Part,
  scan: Scan,
  how: 'by index' | 'by row',
): Found {
  const { db, dialect } = database
  const column = sort.field === 'createdAt' ? 'sent_at' : 'changed_at'
  const found = scanned(db.selectFrom('messages'), selection, scan, database).select([
    'row_id',
    'id_key',
    `${column} as time`,
  ])
  if (after === null) return found
  return found.where((eb) => {
    const time = how === 'by index' ? eb.ref(column) : dialect.unindexed(eb.ref(column))
    const operator = sort.direction === 'asc' ? sql`>` : sql`<`
    const place = sql`(${after.time}, ${toIdKey(after.upstreamId)})`
    return sql<SqlBool>`(${time}, ${eb.ref('id_key')}) ${operator} ${place}`
  })
}

function pageOf(rows: Found, { sort: { direction }, limit }: Part): Found {
  return rows.orderBy('time', direction).orderBy('id_key', direction).limit(limit)
}

/** The first rows of all that was found, each once: a message may have both parties' numbers. */
async function fetchPage(
  { db }: ArchiveDatabase,
  parts: readonly Found[],
  { sort: { direction }, limit }: Part,
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const [first, ...others] = parts.map((each) =>
    db.selectFrom(each.as('part')).select(['row_id', 'id_key', 'time']),
  )
  if (first === undefined) return []
  // What is found is kept before it is sorted: left to itself, a database may think that reading the list in its order
  // until enough was found is less work, which it is not when few match.
  const page = db
    .with(
      (cte) => cte('found').materialized(),
      () => others.reduce((union, each) => union.union(each), first),
    )
    .selectFrom('found')
    .select(['row_id', 'id_key', 'time'])
    .orderBy('time', direction)
    .orderBy('id_key', direction)
    .limit(limit)
  const rows = await abortable(signal, () => page.execute())
  return rows.map(({ row_id, id_key, time }) => ({ rowId: row_id, upstreamId: fromIdKey(id_key), time }))
}
