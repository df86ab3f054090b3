import type { ArchiveDatabase } from '../database/archive-database.js'
import { fewestRows, type Lookup, lookupsOf } from './lookups.js'
import { type Scan, timeScan } from './scan.js'
import type { Selection } from './selection.js'

/** An index that leads to so many rows is not the best one by far. */
const FEW = 10_000

/**
 * The scans that find all rows of a selection, where their order is of no account: an index will do that leads to few
 * rows, or else to fewer than all.
 */
export async function findingScans(
  database: ArchiveDatabase,
  selection: Selection,
  signal: AbortSignal | undefined,
): Promise<readonly Scan[]> {
  const { parties, text, kinds } = lookupsOf(selection, 'updatedAt', database)
  const fewest = (lookups: readonly Lookup[]): Promise<Lookup | null> =>
    fewestRows(lookups, FEW, selection, database, signal)
  const best = (await fewest(parties)) ?? text ?? (await fewest(kinds)) ?? parties[0] ?? kinds[0]
  return best?.scans ?? [timeScan(selection, database.dialect)]
}
