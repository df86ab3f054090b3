import { isTimeClause, type TimeClause, type ValueClause } from '@waybill/core'
import { sql } from 'kysely'
import { type ArchiveDatabase, readAll, type Statement } from '../database/archive-database.js'
import { encodeValue, toIdKey } from '../database/encoding.js'
import type { MessagesTable } from '../database/tables.js'
import type { StoredColumns } from '../store/message-row.js'
import { columnsOf, COMPARISONS } from './conditions.js'
import type { Part, Selection } from './selection.js'

/** A message of a page. The time of sending and the id, by which lists are ordered, are in the message. */
export interface PageRow extends StoredColumns {
  /** When it changed last; only in a list that is ordered by that. */
  readonly changed_at?: number
}

/** What a list is read by, where one index has its rows in its order. */
interface OrderedList {
  readonly times: readonly TimeClause[]
  /** Null where all messages of the source are listed. */
  readonly value: ValueClause | null
}

/** What a statement is given each time that it is run. */
interface Values extends OrderedList {
  readonly source: string
  readonly part: Part
}

/** Stands for a value in a statement that is compiled once. */
class Slot {
  readonly read: (values: Values) => unknown

  constructor(read: (values: Values) => unknown) {
    this.read = read
  }
}

interface Compiled extends Statement {
  readonly slots: readonly unknown[]
}

/**
 * Reads one page in one statement, messages and all, where one index has its rows in the order of the list: everything of a source,
 * within a span of time or not, and what has one value in an indexed column. The statement is compiled once for each form of such a list.
 *
 * @returns null for any other selection
 */
export function readOrderedPage(
  database: ArchiveDatabase,
  selection: Selection,
  part: Part,
  withRaw: boolean,
  signal: AbortSignal | undefined,
): Promise<readonly PageRow[]> | null {
  const list = orderedListOf(selection, part)
  if (list === null) return null
  const statement = statementOf(database, list, part, withRaw)
  const values: Values = { ...list, source: selection.source, part }
  const parameters = statement.slots.map((each) => (each instanceof Slot ? each.read(values) : each))
  return readAll<PageRow>(database, statement, parameters, signal)
}

function orderedListOf({ filter, search }: Selection, { sort }: Part): OrderedList | null {
  if (search !== null || (sort.field !== 'createdAt' && filter.length > 0)) return null
  const times = filter.filter(isTimeClause)
  const [value = null, ...others] = filter.filter((clause): clause is ValueClause => !isTimeClause(clause))
  if (others.length > 0 || (value !== null && !isIndexed(value))) return null
  return { times, value }
}

/** Whether an index has the rows with the value of a clause in the order of sending. */
function isIndexed(clause: ValueClause): boolean {
  const { operator, values, field } = clause
  const isOneValue = values.length === 1 && (operator === 'eq' || operator === 'in')
  return isOneValue && field !== 'direction' && columnsOf(clause).length === 1
}

const compiled = new WeakMap<ArchiveDatabase, Map<string, Compiled>>()

function statementOf(database: ArchiveDatabase, list: OrderedList, part: Part, withRaw: boolean): Compiled {
  const { times, value } = list
  const { sort, after } = part
  const form = [
    sort.field,
    sort.direction,
    after === null ? 'first' : 'next',
    withRaw ? 'raw' : '',
    value?.field ?? '',
    ...times.map(({ operator }) => operator),
  ].join(' ')
  const known = compiled.get(database) ?? new Map<string, Compiled>()
  compiled.set(database, known)
  const statement = known.get(form) ?? compile(database, list, part, withRaw, `waybill page ${form}`)
  known.set(form, statement)
  return statement
}

function compile(
  { db, dialect }: ArchiveDatabase,
  { times, value }: OrderedList,
  { sort, after }: Part,
  withRaw: boolean,
  name: string,
): Compiled {
  const time: keyof MessagesTable = sort.field === 'createdAt' ? 'sent_at' : 'changed_at'
  // Only what is wanted: each column is made a value in every row.
  let page = db
    .selectFrom('messages')
    .select(['body', 'contact'])
    .$if(time === 'changed_at', (query) => query.select('changed_at'))
    .$if(withRaw, (query) =>
      query.select((eb) =>
        eb
          .selectFrom('originals')
          .whereRef('originals.row_id', '=', 'messages.row_id')
          .select('raw')
          .as('raw'),
      ),
    )
    .where(
      'source',
      '=',
      slot<string>((values) => values.source),
    )
  for (const [index, { operator }] of times.entries()) {
    const bound = slot<number>((values) => values.times[index]?.value)
    page = page.where('sent_at', COMPARISONS[operator], bound)
  }
  for (const column of value === null ? [] : columnsOf(value)) {
    const wanted = slot<string>((values) => encodeValue(values.value?.values[0] ?? ''))
    // Of a span of time and a value, SQLite takes the span for what leaves fewer rows.
    page = page.where((eb) => dialect.unlikely(eb(column, '=', wanted)))
  }
  if (after !== null) {
    const place = [
      slot<number>((values) => values.part.after?.time),
      slot<string>((values) => toIdKey(values.part.after?.upstreamId ?? '')),
    ]
    const operator = sort.direction === 'asc' ? sql`>` : sql`<`
    page = page.where(sql<boolean>`(${sql.ref(time)}, id_key) ${operator} (${place[0]}, ${place[1]})`)
  }
  const { sql: text, parameters } = page
    .orderBy(time, sort.direction)
    .orderBy('id_key', sort.direction)
    .limit(slot<number>((values) => values.part.limit))
    .compile()
  return { name, text, slots: parameters }
}

function slot<Value>(read: (values: Values) => unknown): ReturnType<typeof sql<Value>> {
  return sql<Value>`${new Slot(read)}`
}
