import { isTimeClause, type MessageSort, type ValueClause } from '@waybill/core'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { columnsOf, isPositive } from './conditions.js'
import { type Scan, searchScan, timeScan, valueScans } from './scan.js'
import type { Selection } from './selection.js'

/** Another way to the rows of a selection than the order of its list. */
export interface Lookup {
  /** Together they find all of the rows, and others, in no order. */
  readonly scans: readonly Scan[]
  /** The clause whose values they find; null where it is none. */
  readonly clause: ValueClause | null
}

/** Up to so many rows are looked up and sorted for one page. */
const FEW = 10_000

/** Every index that leads to the rows of a selection, apart from the one that its list is ordered by. */
export function lookupsOf(
  selection: Selection,
  order: MessageSort['field'],
  database: ArchiveDatabase,
): Lookup[] {
  const { filter, search } = selection
  const values = filter.flatMap((clause) => {
    const isIndexed = !isTimeClause(clause) && isPositive(clause) && !columnsOf(clause).includes('direction')
    return isIndexed ? [{ clause, scans: valueScans(clause, database) }] : []
  })
  const isSpan = order === 'updatedAt' && filter.some(isTimeClause)
  return [
    ...(search === null || search.mayContain === null
      ? []
      : [{ clause: null, scans: [searchScan(search.mayContain)] }]),
    ...values,
    ...(isSpan ? [{ clause: null, scans: [timeScan(selection, database.dialect)] }] : []),
  ]
}

/** A lookup, and whether it finds so few rows that all of them can be sorted. */
export interface Probe {
  readonly lookup: Lookup
  readonly isFew: boolean
}

/**
 * Asks each index how many rows it leads to, up to a bound: what the databases could guess from their own figures is
 * too far off, or, in SQLite, not known at all.
 *
 * @returns the one with the fewest.
 */
export async function probe(
  selection: Selection,
  [first, ...others]: readonly [Lookup, ...Lookup[]],
  database: ArchiveDatabase,
  signal: AbortSignal | undefined,
): Promise<Probe> {
  let best = first
  let fewest = await countUpTo(FEW + 1, selection, first, database, signal)
  for (const lookup of others) {
    const count = await countUpTo(fewest, selection, lookup, database, signal)
    if (count < fewest) best = lookup
    fewest = Math.min(fewest, count)
  }
  return { lookup: best, isFew: fewest <= FEW }
}

/** How many rows a lookup finds, each scan of it counted no further than to a bound. */
async function countUpTo(
  bound: number,
  { source }: Selection,
  { scans }: Lookup,
  { db }: ArchiveDatabase,
  signal: AbortSignal | undefined,
): Promise<number> {
  let sum = 0
  for (const scan of scans) {
    const rows = db.selectFrom('messages').where(scan.condition)
    const found = scan.isOfSource ? rows.where('source', '=', source) : rows
    const few = found.select('row_id').limit(bound)
    const counting = db.selectFrom(few.as('few')).select((eb) => eb.fn.countAll<number>().as('count'))
    const { count } = await abortable(signal, () => counting.executeTakeFirstOrThrow())
    sum += count
  }
  return sum
}
