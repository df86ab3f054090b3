import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { fewestRows, type Lookup, lookupsOf } from './lookups.js'
import { isFound, isSelected, timeScan } from './scan.js'
import type { Selection } from './selection.js'

/** An index that leads to so many rows is not the best one by far. */
const FEW = 10_000

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
  // Counting has no order: an index will do that leads to few rows, or else to fewer than all.
  const { parties, text, kinds } = lookupsOf(selection, 'updatedAt', database)
  const fewest = (lookups: readonly Lookup[]): Promise<Lookup | null> =>
    fewestRows(lookups, FEW, selection, database, signal)
  const best = (await fewest(parties)) ?? text ?? (await fewest(kinds)) ?? parties[0] ?? kinds[0]
  const scans = best?.scans ?? [timeScan(selection, dialect)]
  const [part, ...parts] = scans.map((scan) =>
    db
      .selectFrom('messages')
      .where((eb) => isFound(selection, scan, eb))
      .where((eb) => isSelected(selection, scan, database, eb))
      .select('row_id'),
  )
  if (part === undefined) return 0
  const counting = db
    .selectFrom(parts.reduce((union, each) => union.union(each), part).as('found'))
    .select((eb) => eb.fn.countAll<number>().as('count'))
  const { count } = await abortable(signal, () => counting.executeTakeFirstOrThrow())
  return count
}
