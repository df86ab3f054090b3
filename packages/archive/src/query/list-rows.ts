import type { ArchiveDatabase } from '../database/archive-database.js'
import { columnsOf } from './conditions.js'
import { lookUpRows, type NearRows, nearRows, orderedRows } from './read-rows.js'
import { fewestRows, type Lookup, type Lookups, lookupsOf } from './lookups.js'
import { orderedValueScans, orderScan, type Scan } from './scan.js'
import { type ListedRow, type Part, type Selection, tighten } from './selection.js'

/** Of so many indexes at most one list is merged. */
const MOST_MERGED = 24

/** How many rows are looked up for one page, and how many if the list was read a good way without having filled it. */
const FEW = [10_000, 100_000]
/** How many rows of the list are read for each that was looked up: they lie side by side. */
const PER_LOOKUP = 3

/**
 * Finds one page's rows from where the page before ended; never counts or skips what is before it.
 *
 * Where one index has the rows in the order of the list, the list is read from it. Else there are two ways: to read on
 * in the order of the list and to check each row, which is best where much matches; or to look up all rows that another
 * index leads to, and to sort them, which is best where little does. Which it is is not known before, so both are tried
 * in turn, each time further.
 */
export async function listRows(
  database: ArchiveDatabase,
  wanted: Selection,
  asked: Part,
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const [selection, part] = tighten(wanted, asked)
  const lookups = lookupsOf(selection, part.sort.field, database)
  const filters = [...lookups.parties, ...lookups.kinds]
  if (filters.some(({ scans }) => scans.length === 0)) return []
  const inOrder = [orderScan(selection, part.sort, database)]
  const [only, ...others] = filters
  if (lookups.text === null && others.length === 0) {
    const scans = only === undefined ? inOrder : mergedScans(database, selection, part, only)
    if (scans !== null) return orderedRows(database, selection, part, scans, signal)
  }
  const near = await firstRows(database, selection, part, signal)
  if (near.isPage) return near.rows
  for (const few of FEW) {
    const found = await lookUp(database, selection, part, lookups, few, signal)
    if (found !== null) return found
    const next = await nearRows(database, selection, part, PER_LOOKUP * few, signal)
    if (next.isPage) return next.rows
  }
  return orderedRows(database, selection, part, inOrder, signal)
}

/**
 * The rows of the selection among the next ones of the list. Where these do not fill the page of a search, but promise
 * that some more of them do, among those too: the index on the text takes longer to list what it leads to.
 */
async function firstRows(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  signal: AbortSignal | undefined,
): Promise<NearRows> {
  const isSearch = selection.search !== null
  const stretch = (isSearch ? SEARCH_STRETCH : STRETCH) + STRETCH_PER_ROW * part.limit
  const near = await nearRows(database, selection, part, stretch, signal)
  if (near.isPage || !isSearch) return near
  const promising = Math.ceil((SURPLUS * stretch * part.limit) / near.rows.length)
  return promising > FARTHEST ? near : nearRows(database, selection, part, promising, signal)
}

/** How many rows are tried first: of a search so many that what is found among them tells how often it is found. */
const STRETCH = 1000
const SEARCH_STRETCH = 4000
const STRETCH_PER_ROW = 20
/** How many are tried then at most. */
const FARTHEST = 30_000
/** How many times as many as would fill the page if it went on alike. */
const SURPLUS = 1.5

/** The page, if one of the indexes leads to few rows. */
async function lookUp(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  { parties, text, kinds }: Lookups,
  few: number,
  signal: AbortSignal | undefined,
): Promise<ListedRow[] | null> {
  const fewest = (lookups: readonly Lookup[]): Promise<Lookup | null> =>
    fewestRows(lookups, few, selection, database, signal)
  for (const find of [() => fewest(parties), () => text, () => fewest(kinds)]) {
    const lookup = await find()
    const found = lookup && (await lookUpRows(database, selection, part, lookup.scans, few, signal))
    if (found !== null) return found
  }
  return null
}

/** Scans that have the rows of a lookup in the order of the list; null where there are none, or too many. */
function mergedScans(
  database: ArchiveDatabase,
  selection: Selection,
  { sort }: Part,
  { clause }: Lookup,
): Scan[] | null {
  // The values with one beginning are many, and each stands in an order of its own.
  if (clause === null || clause.operator === 'startsWith' || sort.field !== 'createdAt') return null
  const count = columnsOf(clause).length * new Set(clause.values).size
  return count > MOST_MERGED ? null : orderedValueScans(clause, selection, database)
}
