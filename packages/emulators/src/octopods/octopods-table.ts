import { createTieSeeds, pageOf, type Ties } from '../table/page-of.js'
import { createRowStore, type RowTable } from '../table/row-store.js'
import { createSortedIndex } from '../table/sorted-index.js'

/** The statuses that Octopods documents. */
export type OctopodsStatus = 'SENT' | 'DELIVERED' | 'READ' | 'FAILED' | 'DELETED' | 'UNKNOWN'

export interface OctopodsFailure {
  readonly code: number
  readonly title: string
}

/** One message sent through Octopods. Times are milliseconds since the epoch, whole seconds. */
export interface OctopodsRow {
  readonly messageId: number
  /** Recipient. */
  readonly phoneNumber: string
  /** When Octopods received the send request. */
  readonly createdAt: number
  /** Rendered body without HTML. */
  readonly content: string
  readonly status: OctopodsStatus | (string & {})
  readonly failure: OctopodsFailure | null
  /** The provider's own id (`wamid.…`), which only the status endpoint shows. */
  readonly channelMessageId: string
  readonly deliveredAt: number | null
  readonly readAt: number | null
  readonly updatedAt: number
}

export interface OctopodsQuery {
  /** How many of the newest messages; default 100. */
  readonly limit?: number
  /** Fixes the order of equal times for this call, under `ties: 'shuffle'`. */
  readonly seed?: number
}

/** How the database behind the API behaves. May be changed at any time. */
export interface OctopodsTableSettings {
  /** Default `stable`. */
  ties: Ties
}

export interface OctopodsTableOptions extends Partial<OctopodsTableSettings> {
  /** For the order of equal times under `ties: 'shuffle'`; default 1. */
  readonly seed?: number
}

/** Octopods' message table with the query that its API runs. */
export interface OctopodsTable extends RowTable<OctopodsRow, 'messageId'> {
  readonly settings: OctopodsTableSettings
  /** The newest messages, most recent first. */
  select(query?: OctopodsQuery): OctopodsRow[]
}

export function createOctopodsTable(
  rows: Iterable<OctopodsRow> = [],
  options: OctopodsTableOptions = {},
): OctopodsTable {
  const { seed = 1, ties = 'stable' } = options
  const settings: OctopodsTableSettings = { ties }
  const store = createRowStore<OctopodsRow, 'messageId'>(idOf, rows)
  const index = createSortedIndex<OctopodsRow>({ timeOf, idOf, load: () => store.rows() })
  store.attach(index)
  const tieSeed = createTieSeeds(seed)
  const select = (query: OctopodsQuery = {}): OctopodsRow[] => {
    const slice = { descending: true, offset: 0, limit: query.limit ?? 100 }
    return pageOf(index.rows(), timeOf, slice, tieSeed(settings.ties, query.seed))
  }
  return Object.assign(store, { settings, select })
}

function idOf(row: OctopodsRow): number {
  return row.messageId
}

function timeOf(row: OctopodsRow): number {
  return row.createdAt
}
