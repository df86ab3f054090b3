import { type FilterClause, isTimeClause, type PartyField, type ValueClause } from '@waybill/core'
import { type CompiledQuery, sql } from 'kysely'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { type Builder, columnsOf, type Condition, conditionOf, type ValueColumn } from './conditions.js'
import { isFound, timeScan } from './scan.js'
import type { Selection } from './selection.js'

/** How many messages that lack a field are checked for whether they match otherwise; of more it is taken that one may. */
const MOST_CHECKED = 1000

/**
 * The fields of parties that clauses ask for and that some messages lack which may match otherwise, in the meaning of
 * the engine's own check of rows. Found by the index on the field, whose rows without a value lie side by side.
 */
export async function untoldParties(
  database: ArchiveDatabase,
  selection: Selection,
  signal: AbortSignal | undefined,
): Promise<PartyField[]> {
  // Without values a clause holds for every message or for none, whatever they lack.
  const asking = selection.filter.filter(isOfParty).filter(({ values }) => values.length > 0)
  const columns = new Set(asking.flatMap(columnsOf).filter(isPartyColumn))
  const untold: PartyField[] = []
  for (const column of columns) {
    const isUntold = isAlone(selection, column)
      ? await isLacked(database, selection.source, column, signal)
      : await mayMatch(database, selection, column, signal)
    if (isUntold) untold.push(FIELDS[column])
  }
  return untold
}

/** Whether nothing is asked but one clause of one column, so that every message that lacks it may match. */
function isAlone({ filter, search }: Selection, column: PartyColumn): boolean {
  const [only, ...others] = filter
  if (only === undefined || others.length > 0 || search !== null || !isOfParty(only)) return false
  const columns = columnsOf(only)
  return columns.length === 1 && columns[0] === column
}

const compiled = new WeakMap<ArchiveDatabase, Map<string, CompiledQuery>>()

/** Whether any message of a source lacks a column. Compiled once, since a page of one contact takes no longer than this would. */
async function isLacked(
  database: ArchiveDatabase,
  source: string,
  column: PartyColumn,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const known = compiled.get(database) ?? new Map<string, CompiledQuery>()
  compiled.set(database, known)
  const name = JSON.stringify([column, source])
  const query =
    known.get(name) ??
    database.db
      .selectFrom('messages')
      .select(sql.lit(1).as('one'))
      .where('source', '=', source)
      .where(column, 'is', null)
      .limit(1)
      .compile()
  known.set(name, query)
  const { rows } = await abortable(signal, () => database.db.executeQuery(query))
  return rows.length > 0
}

async function mayMatch(
  { db, dialect }: ArchiveDatabase,
  selection: Selection,
  column: PartyColumn,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { filter, search } = selection
  const span = timeScan(selection, dialect)
  const unindexed = (eb: Builder) => (name: Parameters<typeof eb.ref>[0]) => dialect.unindexed(eb.ref(name))
  const lacking = db
    .selectFrom('messages')
    .where((eb) => isFound(selection, span, eb))
    .where(column, 'is', null)
    .select((eb) => {
      const others = filter
        .filter((clause) => !span.answers.includes(clause))
        .map((clause) => mayHold(clause, eb, conditionOf(clause, dialect, eb, unindexed(eb))))
      const lacks = filter
        .filter((clause) => isOfParty(clause) && columnsOf(clause).includes(column))
        .map((clause) =>
          eb.not(eb.fn.coalesce(conditionOf(clause, dialect, eb, unindexed(eb)), sql`(1 = 0)`)),
        )
      const condition = eb.and([...others, eb.or(lacks), ...(search === null ? [] : [search.contains])])
      return eb.case().when(condition).then(sql.lit(1)).end().as('matching')
    })
    .limit(MOST_CHECKED)
  // Mostly the first one matches, if any lacks the field at all.
  const matching = db
    .selectFrom(lacking.as('lacking'))
    .select(sql.lit(1).as('one'))
    .where('matching', 'is not', null)
    .limit(1)
  if ((await abortable(signal, () => matching.executeTakeFirst())) !== undefined) return true
  const last = db
    .selectFrom(lacking.as('lacking'))
    .select(sql.lit(1).as('one'))
    .limit(1)
    .offset(MOST_CHECKED - 1)
  return (await abortable(signal, () => last.executeTakeFirst())) !== undefined
}

/** Whether a clause holds, or would for all that is known of a message. */
function mayHold(clause: FilterClause, eb: Builder, holds: Condition): Condition {
  if (!isOfParty(clause)) return holds
  return eb.or([holds, ...columnsOf(clause).map((column) => eb(column, 'is', null))])
}

type PartyColumn = Extract<ValueColumn, 'sender' | 'recipient' | 'contact'>

const FIELDS: Readonly<Record<PartyColumn, PartyField>> = {
  sender: 'from',
  recipient: 'to',
  contact: 'contact',
}

function isPartyColumn(column: ValueColumn): column is PartyColumn {
  return Object.hasOwn(FIELDS, column)
}

function isOfParty(clause: FilterClause): clause is ValueClause {
  return !isTimeClause(clause) && columnsOf(clause).some(isPartyColumn)
}
