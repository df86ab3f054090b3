import type { RecordDetail } from '@waybill/core'
import { type CompiledQuery, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { toIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import type { Keyset } from '../query/cursor.js'
import { listRows } from '../query/list-rows.js'
import { firstOf, timeColumn } from '../query/position.js'
import { isFound, orderScan } from '../query/scan.js'
import { type Part, type Selection, tighten } from '../query/selection.js'
import type { StoredColumns } from '../store/message-row.js'
import { CURRENT_RECORD_COLUMNS, RECORD_COLUMNS, type RecordColumns } from './archive-records.js'

/**
 * A message of a list, with what is wanted of what is stored beside it: other columns are not there. `changed_at` is, where the
 * list is sorted by it.
 */
export interface StreamedRow extends StoredColumns, RecordColumns {}

/** What is read of each row: each column is made a value in every row. */
export interface WantedColumns {
  readonly raw: boolean
  readonly records: RecordDetail
}

const COLUMNS_OF = {
  none: [],
  current: CURRENT_RECORD_COLUMNS,
  whole: RECORD_COLUMNS,
} as const satisfies Record<RecordDetail, unknown>

/** Stand for the position in a statement that is compiled once. */
const TIME = { placeholder: 'time' }
const ID_KEY = { placeholder: 'id_key' }

/** Reads the rows of a list from one position after the other: with one statement, where it is read in its own order. */
export class NextRows {
  readonly #database: ArchiveDatabase
  readonly #wanted: Selection
  readonly #list: Pick<Part, 'sort' | 'limit'>
  readonly #columns: WantedColumns
  /** The statement behind a position; null until it is needed. Once it is, all others have the same form. */
  #statement: CompiledQuery<StreamedRow> | null = null

  constructor(
    database: ArchiveDatabase,
    wanted: Selection,
    list: Pick<Part, 'sort' | 'limit'>,
    columns: WantedColumns,
  ) {
    this.#database = database
    this.#wanted = wanted
    this.#list = list
    this.#columns = columns
  }

  /** @throws the signal's reason when it is aborted */
  async read(after: Keyset | null, signal: AbortSignal | undefined): Promise<StreamedRow[]> {
    const asked: Part = { ...this.#list, after }
    const [selection, part] = tighten(this.#wanted, asked)
    const order = orderScan(selection, part.sort, this.#database)
    const isOrdered =
      selection.search === null && selection.filter.every((clause) => order.answers.includes(clause))
    if (!isOrdered) return this.#readListed(asked, signal)
    const { db } = this.#database
    const { after: place } = part
    if (place === null) {
      const first = firstOf(
        db.selectFrom('messages').where((eb) => isFound(selection, order, eb)),
        part,
        part.limit,
      )
      return abortable(signal, () => this.#columnsOf(first).execute())
    }
    this.#statement ??= this.#columnsOf(
      firstOf(
        db
          .selectFrom('messages')
          .where((eb) => isFound(selection, order, eb))
          .where(isAfterPlaceholders(part)),
        part,
        part.limit,
      ),
    ).compile()
    const { parameters, ...statement } = this.#statement
    const values = new Map<unknown, unknown>([
      [TIME, place.time],
      [ID_KEY, toIdKey(place.upstreamId)],
    ])
    const filled = parameters.map((each) => (values.has(each) ? values.get(each) : each))
    const found = await abortable(signal, () =>
      db.executeQuery<StreamedRow>({ ...statement, parameters: filled }),
    )
    return found.rows
  }

  /** By the keys of the rows that match. */
  async #readListed(asked: Part, signal: AbortSignal | undefined): Promise<StreamedRow[]> {
    const { db, dialect } = this.#database
    const listed = await listRows(this.#database, this.#wanted, asked, signal)
    const keys = listed.map(({ rowId }) => rowId)
    const found = db
      .selectFrom('messages')
      .where((eb) => dialect.isAmongKeys(eb.ref('messages.row_id'), keys))
    const rows = await abortable(signal, () => this.#columnsOf(found).select('messages.row_id').execute())
    const byKey = new Map(rows.map((row) => [row.row_id, row]))
    return keys.flatMap((key) => byKey.get(key) ?? [])
  }

  #columnsOf(
    messages: SelectQueryBuilder<Tables, 'messages', object>,
  ): SelectQueryBuilder<Tables, 'messages', StreamedRow> {
    const { raw, records } = this.#columns
    const { field } = this.#list.sort
    return messages
      .select(['body', 'contact', ...COLUMNS_OF[records]])
      .$if(field === 'updatedAt' && records !== 'whole', (rows) => rows.select('changed_at'))
      .$if(raw, (rows) =>
        rows.select(({ selectFrom }) =>
          selectFrom('originals')
            .select('raw')
            .whereRef('originals.row_id', '=', 'messages.row_id')
            .as('raw'),
        ),
      )
      .$castTo<StreamedRow>()
  }
}

function isAfterPlaceholders({ sort }: Part): ReturnType<typeof sql<SqlBool>> {
  const operator = sort.direction === 'asc' ? sql`>` : sql`<`
  return sql<SqlBool>`(${sql.ref(timeColumn(sort))}, ${sql.ref('id_key')}) ${operator} (${TIME}, ${ID_KEY})`
}
