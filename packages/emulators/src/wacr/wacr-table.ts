import { pageOf } from '../table/page-of.js'
import { createRowStore, type RowTable } from '../table/row-store.js'
import { createSortedIndex, type SortedIndex } from '../table/sorted-index.js'
import { createTieSeeds, type Ties } from '../table/ties.js'
import { like, type SearchCollation } from './like.js'
import { matchesFilter, type WacrFilterClause } from './wacr-filter.js'
import type { WacrRow } from './wacr-row.js'

export type WacrSort = 'created_at' | '-created_at' | 'updated_at' | '-updated_at'

export interface WacrQuery {
  readonly filter?: readonly WacrFilterClause[]
  /** Null and the empty string search for nothing. */
  readonly search?: string | null
  /** Default `-created_at`. */
  readonly sort?: WacrSort
  /** From 1; default 1. */
  readonly page?: number
  /** Default 15; the table knows no upper bound. */
  readonly perPage?: number
  /** Fixes the order of equal times for this call, under `ties: 'shuffle'`. */
  readonly seed?: number
}

export interface WacrSelection {
  /** The rows of the page. */
  readonly rows: WacrRow[]
  /** How many rows match. */
  readonly total: number
}

/** How the database behind the API behaves. May be changed at any time. */
export interface WacrTableSettings {
  /** Default `stable`. */
  ties: Ties
  /** Default `ascii`. */
  searchCollation: SearchCollation
  /** Whether `%` and `_` of a search term are ordinary characters; default true. */
  escapeLike: boolean
}

export interface WacrTableOptions extends Partial<WacrTableSettings> {
  /** For the order of equal times under `ties: 'shuffle'`; default 1. */
  readonly seed?: number
}

/** WA.cr's message table with the queries that its API runs. */
export interface WacrTable extends RowTable<WacrRow, 'id'> {
  readonly settings: WacrTableSettings
  /** `count` and `page` at one moment. */
  select(query?: WacrQuery): WacrSelection
  /** `SELECT COUNT(*)`. */
  count(query?: WacrQuery): number
  /** `SELECT * … ORDER BY … LIMIT … OFFSET …`. */
  page(query?: WacrQuery): WacrRow[]
}

type SortColumn = 'createdAt' | 'updatedAt'

/** Enough for the streams that one reader has open at once; each may hold as many references as there are rows. */
const CACHED_LISTS = 16

export function createWacrTable(rows: Iterable<WacrRow> = [], options: WacrTableOptions = {}): WacrTable {
  const { seed = 1, ...given } = options
  const settings: WacrTableSettings = { ties: 'stable', searchCollation: 'ascii', escapeLike: true, ...given }
  const store = createRowStore<WacrRow, 'id'>(idOf, rows)
  const index = (column: SortColumn): SortedIndex<WacrRow> => {
    const made = createSortedIndex<WacrRow>({
      timeOf: (row) => row[column],
      idOf,
      load: () => store.rows(),
    })
    store.attach(made)
    return made
  }
  const indexes: Record<SortColumn, SortedIndex<WacrRow>> = {
    createdAt: index('createdAt'),
    updatedAt: index('updatedAt'),
  }
  const tieSeed = createTieSeeds(seed)
  const cache = new Map<string, readonly WacrRow[]>()
  let cachedVersion = -1

  const matching = (query: WacrQuery): readonly WacrRow[] => {
    const { filter = [], search = null } = query
    const all = indexes[sortColumn(query)].rows()
    if (filter.length === 0 && (search === null || search === '')) return all
    if (cachedVersion !== store.version || cache.size >= CACHED_LISTS) cache.clear()
    cachedVersion = store.version
    const key = JSON.stringify([sortColumn(query), filter, search, settings])
    const list = cache.get(key) ?? all.filter(condition(filter, search, settings))
    cache.set(key, list)
    return list
  }
  const count = (query: WacrQuery = {}): number => matching(query).length
  const page = (query: WacrQuery = {}): WacrRow[] => {
    const column = sortColumn(query)
    const { page: number = 1, perPage = 15 } = query
    const slice = { descending: isDescending(query), offset: (number - 1) * perPage, limit: perPage }
    return pageOf(matching(query), (row) => row[column], slice, tieSeed(settings.ties, query.seed))
  }
  const select = (query?: WacrQuery): WacrSelection => ({ total: count(query), rows: page(query) })
  return Object.assign(store, { settings, select, count, page })
}

function condition(
  filter: readonly WacrFilterClause[],
  search: string | null,
  settings: WacrTableSettings,
): (row: WacrRow) => boolean {
  if (search === null || search === '') return (row) => matchesFilter(row, filter)
  const found = like(search, { collation: settings.searchCollation, escape: settings.escapeLike })
  return (row) => matchesFilter(row, filter) && found(row.message)
}

function sortColumn({ sort = '-created_at' }: WacrQuery): SortColumn {
  return sort.endsWith('updated_at') ? 'updatedAt' : 'createdAt'
}

function isDescending({ sort = '-created_at' }: WacrQuery): boolean {
  return sort.startsWith('-')
}

function idOf(row: WacrRow): number {
  return row.id
}
