import { createTieSeeds, pageOf, type Ties } from '../table/page-of.js'
import { createRowStore, type RowTable } from '../table/row-store.js'
import { createSortedIndex, type SortedIndex } from '../table/sorted-index.js'
import { like, type SearchCollation } from './like.js'

/** One row of WA.cr's message table, hidden columns included. Times are milliseconds since the epoch, whole seconds. */
export interface WacrRow {
  readonly id: number
  readonly interactionId: number | null
  readonly senderId: string | null
  readonly type: string | null
  readonly message: string | null
  readonly status: string | null
  readonly messageId: string | null
  /** Sorted by, never shown. */
  readonly createdAt: number
  /** Sorted by, never shown. */
  readonly updatedAt: number
  /** `sent_at` shows it, or `createdAt` where it is null. */
  readonly timeSent: number | null
  readonly isRead: boolean
  /** Filtered on, never shown. `system` is in no documentation: neither of the two documented values selects such a row. */
  readonly direction: 'inbound' | 'outbound' | 'system'
  readonly statusMessage: string | null
  readonly refMessageId: string | null
  readonly url: string | null
  readonly staffId: number | null
  /** Fields that the documentation does not know; shown as they are. */
  readonly extra?: Readonly<Record<string, unknown>>
}

export type WacrFilterField = 'type' | 'status' | 'interaction_id' | 'direction'
export type WacrFilterOperator = 'eq' | 'ne' | 'in' | 'not_in'

/** One condition of the WHERE clause. */
export interface WacrFilterClause {
  readonly field: WacrFilterField
  readonly operator: WacrFilterOperator
  /** `eq` and `ne` compare with the first. */
  readonly values: readonly string[]
}

export const WACR_FILTER_FIELDS: readonly WacrFilterField[] = [
  'type',
  'status',
  'interaction_id',
  'direction',
]
export const WACR_FILTER_OPERATORS: readonly WacrFilterOperator[] = ['eq', 'ne', 'in', 'not_in']

/** Whether a row meets every clause. As in SQL, null meets none; text is compared as it is, case included. */
function matchesFilter(row: WacrRow, filter: readonly WacrFilterClause[]): boolean {
  return filter.every((clause) => {
    const value = columnOf(row, clause.field)
    if (value === null) return false
    const listed = clause.values.includes(value)
    return clause.operator === 'eq' || clause.operator === 'in' ? listed : !listed
  })
}

function columnOf(row: WacrRow, field: WacrFilterField): string | null {
  if (field !== 'interaction_id') return row[field]
  return row.interactionId === null ? null : String(row.interactionId)
}

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
