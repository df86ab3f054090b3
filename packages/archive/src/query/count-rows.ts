import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { lookupsOf, probe } from './lookups.js'
import { scanned, timeScan } from './scan.js'
import type { Selection } from './selection.js'

/** How many messages a selection has. */
export async function countRows(
  database: ArchiveDatabase,
  selection: Selection,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { db, dialect } = database
  const { source, filter, search } = selection
  if (filter.length === 0 && search === null) {
    const row = await db
      .selectFrom('sources')
      .select('message_count')
      .where('source', '=', source)
      .executeTakeFirst()
    return row?.message_count ?? 0
  }
  // Counting has no order: any index will do that leads to few rows, the one by time where none does.
  const [first, second, ...others] = lookupsOf(selection, 'updatedAt', database)
  const best =
    first === undefined || second === undefined
      ? first
      : (await probe(selection, [first, second, ...others], database, signal)).lookup
  const scans = best?.scans ?? [timeScan(selection, dialect)]
  const [part, ...parts] = scans.map((scan) =>
    scanned(db.selectFrom('messages'), selection, scan, database).select('row_id'),
  )
  if (part === undefined) return 0
  const counting = db
    .selectFrom(parts.reduce((union, each) => union.union(each), part).as('found'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
  const { count } = await abortable(signal, () => counting.executeTakeFirstOrThrow())
  return count
}
