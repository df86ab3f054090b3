import type { ListRequest, MessageSort } from '@waybill/core'
import type { SelectQueryBuilder } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { fromIdKey, toIdKey } from '../database/id-key.js'
import type { Tables } from '../database/tables.js'
import { conditionOf } from './conditions.js'
import type { Keyset } from './cursor.js'
import type { SearchPlan } from './plan-search.js'

/** Which messages of a source are wanted. */
export interface Selection extends Pick<ListRequest, 'filter'> {
  readonly source: string
  /** Null for no search. */
  readonly search: SearchPlan | null
}

/** Which part of the list, and in which order. */
export interface Part {
  readonly sort: MessageSort
  readonly after: Keyset | null
  readonly limit: number
}

/** A message's place in a list. */
export interface ListedRow extends Keyset {
  readonly rowId: number
}

/** Finds one page's rows from where the page before ended; never counts or skips what is before it. */
export async function listRows(
  { db, dialect }: ArchiveDatabase,
  selection: Selection,
  { sort: { field, direction }, after, limit }: Part,
  signal: AbortSignal | undefined,
): Promise<ListedRow[]> {
  const column = field === 'createdAt' ? 'sent_at' : 'changed_at'
  const found = matching(db.selectFrom('messages'), selection, dialect)
    .select(['row_id', 'id_key', `${column} as time`])
    .$if(after !== null, (rows) =>
      rows.where(({ eb, refTuple, tuple }) =>
        eb(
          refTuple(column, 'id_key'),
          direction === 'asc' ? '>' : '<',
          tuple(after?.time ?? 0, toIdKey(after?.upstreamId ?? '')),
        ),
      ),
    )
  // What the index on the text finds is looked up whole before it is sorted: left to itself, a database may think that
  // reading the list in its order until enough was found is less work, which it is not when few match.
  const rows = await db
    .with(
      (cte) =>
        selection.search?.isSelective === true ? cte('found').materialized() : cte('found').notMaterialized(),
      () => found,
    )
    .selectFrom('found')
    .select(['row_id', 'id_key', 'time'])
    .orderBy('time', direction)
    .orderBy('id_key', direction)
    .limit(limit)
    .execute(dialect.abortable(signal))
  return rows.map(({ row_id, id_key, time }) => ({ rowId: row_id, upstreamId: fromIdKey(id_key), time }))
}

/** How many messages a selection has. */
export async function countRows(
  { db, dialect }: ArchiveDatabase,
  selection: Selection,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { source, filter, search } = selection
  if (filter.length === 0 && search === null) {
    const row = await db
      .selectFrom('sources')
      .select('message_count')
      .where('source', '=', source)
      .executeTakeFirst()
    return row?.message_count ?? 0
  }
  const { count } = await matching(db.selectFrom('messages'), selection, dialect)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow(dialect.abortable(signal))
  return count
}

function matching<O>(
  rows: SelectQueryBuilder<Tables, 'messages', O>,
  { source, filter, search }: Selection,
  dialect: ArchiveDatabase['dialect'],
): SelectQueryBuilder<Tables, 'messages', O> {
  const own = rows.where('messages.source', '=', source)
  const filtered = filter.reduce(
    (query, clause) => query.where((eb) => conditionOf(clause, source, dialect, eb)),
    own,
  )
  return search === null ? filtered : filtered.where(search.condition)
}
