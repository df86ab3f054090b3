import { type FilterClause, isTimeClause, type MessageSort, type ValueClause } from '@waybill/core'
import { sql } from 'kysely'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { isPositive } from './conditions.js'
import { isFound, type Scan, searchScan, timeScan, valueScans } from './scan.js'
import type { Selection } from './selection.js'

/** Another way to the rows of a selection than the order of its list. */
export interface Lookup {
  /** Together they find all of the rows, and others, in no order. */
  readonly scans: readonly Scan[]
  /** The clause whose values they find; null where it is none. */
  readonly clause: ValueClause | null
}

/** The lookups of a selection: every index that leads to its rows, apart from the one that its list is ordered by. */
export interface Lookups {
  /** By who wrote to whom, which few messages are likely to share. */
  readonly parties: readonly Lookup[]
  /** By the text; null where there is no search, or where the index cannot say which texts may hold this one. */
  readonly text: Lookup | null
  /** By what many messages are likely to share. */
  readonly kinds: readonly Lookup[]
}

export function lookupsOf(
  selection: Selection,
  order: MessageSort['field'],
  database: ArchiveDatabase,
): Lookups {
  const { filter, search } = selection
  const mayContain = search?.mayContain ?? null
  const values = filter.filter(isIndexed).map((clause) => ({ clause, scans: valueScans(clause, database) }))
  const isSpan = order === 'updatedAt' && filter.some(isTimeClause)
  const spans = isSpan ? [{ clause: null, scans: [timeScan(selection, database.dialect)] }] : []
  return {
    parties: values.filter(({ clause }) => isOfParties(clause)),
    text: mayContain === null ? null : { clause: null, scans: [searchScan(mayContain)] },
    kinds: [...values.filter(({ clause }) => !isOfParties(clause)), ...spans],
  }
}

function isIndexed(clause: FilterClause): clause is ValueClause {
  return !isTimeClause(clause) && isPositive(clause) && clause.field !== 'direction'
}

function isOfParties({ field }: ValueClause): boolean {
  return field !== 'status' && field !== 'type'
}

/**
 * Asks each index how many rows it leads to, up to a bound: what the databases could guess from their own figures is
 * too far off, or, in SQLite, not known at all. Not for texts, which take as long to count as to be looked up.
 *
 * @returns the one with the fewest; null where all lead to more.
 */
export async function fewestRows(
  lookups: readonly Lookup[],
  bound: number,
  selection: Selection,
  database: ArchiveDatabase,
  signal: AbortSignal | undefined,
): Promise<Lookup | null> {
  let best: Lookup | null = null
  let fewest = bound + 1
  for (const lookup of lookups) {
    const count = await countUpTo(fewest, selection, lookup, database, signal)
    if (count >= fewest) continue
    best = lookup
    fewest = count
  }
  return best
}

/** How many rows a lookup finds, each scan of it counted no further than to a bound. */
async function countUpTo(
  bound: number,
  selection: Selection,
  { scans }: Lookup,
  { db }: ArchiveDatabase,
  signal: AbortSignal | undefined,
): Promise<number> {
  let sum = 0
  for (const scan of scans) {
    // No column of theirs: an index tells by itself how many they are.
    const few = db
      .selectFrom('messages')
      .where((eb) => isFound(selection, scan, eb))
      .select(sql.lit(1).as('one'))
      .limit(bound)
    const counting = db.selectFrom(few.as('few')).select((eb) => eb.fn.countAll<number>().as('count'))
    const { count } = await abortable(signal, () => counting.executeTakeFirstOrThrow())
    sum += count
  }
  return sum
}
