import type { ArchiveDatabase } from '../database/archive-database.js'
import { columnsOf } from './conditions.js'
import { type Lookup, lookupsOf, probe } from './lookups.js'
import { nearRows, orderedRows, sortedRows } from './read-rows.js'
import { orderedValueScans, orderScan, type Scan } from './scan.js'
import type { ListedRow, Part, Selection } from './selection.js'
import { tighten } from './tighten.js'

/** Of so many indexes at most one list is merged. */
const MOST_MERGED = 24

/**
 * Finds one page's rows from where the page before ended; never counts or skips what is before it.
 *
 * Where one index has the rows in the order of the list, the list is read from it. Else there are two ways: to read on
 * in the order of the list and to check each row, which is best where much matches; or to look up all rows that another
 * index leads to, and to sort them, which is best where little does. So the first way is tried for a stretch, and then
 * the second, where it leads to few rows.
 */
export async function listRows(
  database: ArchiveDatabase,
  wanted: Selection,
  asked: Part,
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const [selection, part] = tighten(wanted, asked)
  const lookups = lookupsOf(selection, part.sort.field, database)
  if (lookups.some(({ scans }) => scans.length === 0)) return []
  const inOrder = [orderScan(selection, part.sort, database)]
  const [first, ...others] = lookups
  if (first === undefined) return orderedRows(database, selection, part, inOrder, signal)
  const merged = others.length === 0 ? mergedScans(database, selection, part, first) : null
  if (merged !== null) return orderedRows(database, selection, part, merged, signal)
  const near = await firstRows(database, selection, part, signal)
  if (near.length === part.limit) return near
  const { lookup, isFew } = await probe(selection, [first, ...others], database, signal)
  if (isFew) return sortedRows(database, selection, part, lookup.scans, signal)
  const scans = mergedScans(database, selection, part, lookup) ?? inOrder
  return orderedRows(database, selection, part, scans, signal)
}

/**
 * The rows of the selection among the next ones of the whole list. Where these do not fill the page of a search, but
 * promise that some more of them do, among those too: the index on the text takes longer to list what it leads to.
 */
async function firstRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const stretch = STRETCH + STRETCH_PER_ROW * part.limit
  const near = await nearRows(database, selection, part, stretch, signal)
  if (near.length === part.limit || selection.search === null) return near
  const promising = Math.ceil((SURPLUS * stretch * part.limit) / near.length)
  return promising > LONGER * stretch ? near : nearRows(database, selection, part, promising, signal)
}

/** How many rows are tried first. */
const STRETCH = 1000
const STRETCH_PER_ROW = 20
/** How many times as many are tried then at most. */
const LONGER = 15
/** How many times as many as would fill the page if it went on alike. */
const SURPLUS = 1.5

/** Scans that have the rows of a lookup in the order of the list; null where there are none, or too many. */
function mergedScans(
  database: ArchiveDatabase,
  selection: Selection,
  { sort }: Part,
  { clause }: Lookup,
): Scan[] | null {
  if (clause === null || sort.field !== 'createdAt') return null
  const count = columnsOf(clause).length * new Set(clause.values).size
  return count > MOST_MERGED ? null : orderedValueScans(clause, selection, database)
}
