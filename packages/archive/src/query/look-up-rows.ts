import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { checkedPlacesOf, type CheckedRow, isBehind, PLACE, type PlaceRow, toListedRow } from './place.js'
import { isFound, isSelected, type Scan } from './scan.js'
import type { ListedRow, Part, Selection } from './selection.js'

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
    const checked = checkedPlacesOf(found.limit(few + 1), part, (eb) =>
      eb.and([
        isSelected(selection, scan, database, eb),
        isBehind(part, eb, (time) => dialect.unindexed(time)),
      ]),
    )
    return db.selectFrom(checked.as('part')).select(PLACE)
  })
  if (first === undefined) return []
  const page = db
    .with(
      (cte) => cte('found').materialized(),
      // Each once: a message may have both parties' numbers.
      () => others.reduce((union, each) => union.union(each), first),
    )
    .selectFrom('found')
    .select(PLACE)
    .select(({ selectFrom, fn }) => selectFrom('found').select(fn.countAll<number>().as('all')).as('count'))
    // Those that are not of the selection tell the count where no other does.
    .orderBy('time', (order) => (part.sort.direction === 'asc' ? order.asc() : order.desc()).nullsLast())
    .orderBy('id_key', part.sort.direction)
    .limit(part.limit)
  const rows = await abortable(signal, () => page.execute())
  const count = rows[0]?.count ?? 0
  return count > few ? null : rows.filter(hasPlace).map(toListedRow)
}

function hasPlace<Row extends CheckedRow>(row: Row): row is Row & PlaceRow {
  return row.time !== null
}
