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
import { RECORD_COLUMNS, type RecordColumns } from './archive-records.js'

/** A message of a list, with what is stored beside it. */
export interface StreamedRow extends StoredColumns, RecordColumns {
  readonly id_key: string
  /** What the list is sorted by. */
  readonly time: number
}

/** Stand for the position in a statement that is compiled once. */
const TIME = { placeholder: 'time' }
const ID_KEY = { placeholder: 'id_key' }

/** Reads the rows of a list from one position after the other: with one statement, where it is read in its own order. */
export class NextRows {
  readonly #database: ArchiveDatabase
  readonly #wanted: Selection
  readonly #list: Pick<Part, 'sort' | 'limit'>
  readonly #withRaw: boolean
  /** The statement behind a position; null until it is needed. Once it is, all others have the same form. */
  #statement: CompiledQuery<StreamedRow> | null = null

  constructor(
    database: ArchiveDatabase,
    wanted: Selection,
    list: Pick<Part, 'sort' | 'limit'>,
    withRaw: boolean,
  ) {
    this.#database = database
    this.#wanted = wanted
    this.#list = list
    this.#withRaw = withRaw
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
    const rows = await abortable(signal, () => this.#columnsOf(found).execute())
    const byKey = new Map(rows.map((row) => [row.row_id, row]))
    return keys.flatMap((key) => byKey.get(key) ?? [])
  }

  #columnsOf(
    messages: SelectQueryBuilder<Tables, 'messages', object>,
  ): SelectQueryBuilder<Tables, 'messages', StreamedRow> {
    const time = timeColumn(this.#list.sort)
    const rows = messages.select([...RECORD_COLUMNS, 'id_key', 'body', 'contact', `${time} as time`])
    return this.#withRaw
      ? rows.select(({ selectFrom }) =>
          selectFrom('originals')
            .select('raw')
            .whereRef('originals.row_id', '=', 'messages.row_id')
            .as('raw'),
        )
      : rows.select(sql<null>`null`.as('raw'))
  }
}

function isAfterPlaceholders({ sort }: Part): ReturnType<typeof sql<SqlBool>> {
  const operator = sort.direction === 'asc' ? sql`>` : sql`<`
  return sql<SqlBool>`(${sql.ref(timeColumn(sort))}, ${sql.ref('id_key')}) ${operator} (${TIME}, ${ID_KEY})`
}
