import { type FilterClause, isTimeClause, type MessageSort, type ValueClause } from '@waybill/core'
import type { ArchiveDatabase, Dialect } from '../database/archive-database.js'
import { type Builder, columnsOf, type Condition, conditionOf, hasValue } from './conditions.js'
import type { Selection } from './selection.js'

/**
 * What one index is asked for. The conditions of a selection that it does not answer are checked row by row, and in
 * such a way that no database thinks of another index: without figures of what is stored, SQLite can only guess.
 */
export interface Scan {
  readonly condition: (eb: Builder) => Condition
  readonly answers: readonly FilterClause[]
  /** Whether the index begins with the source. */
  readonly isOfSource: boolean
}

/** The rows of a source in the order of a list, within the times that are asked for where the list is ordered by them. */
export function orderScan(selection: Selection, sort: MessageSort, { dialect }: ArchiveDatabase): Scan {
  return sort.field === 'createdAt'
    ? timeScan(selection, dialect)
    : { ...WHOLE, condition: (eb) => eb.and([]) }
}

/** The rows of a span of time. */
export function timeScan({ filter }: Selection, dialect: Dialect): Scan {
  const times = filter.filter(isTimeClause)
  return {
    ...WHOLE,
    answers: times,
    condition: (eb) => eb.and(times.map((each) => conditionOf(each, dialect, eb))),
  }
}

/** The rows that a clause names the values of: one scan for each column that may have them, in no order. */
export function valueScans(clause: ValueClause, { dialect }: ArchiveDatabase): Scan[] {
  if (clause.values.length === 0) return []
  return columnsOf(clause).map((column) => ({
    isOfSource: true,
    answers: [clause],
    condition: (eb) => hasValue(eb.ref(column), clause, dialect, eb),
  }))
}

/** The same rows in the order of sending, within the times that are asked for: one scan for each column and value. */
export function orderedValueScans(
  clause: ValueClause,
  selection: Selection,
  database: ArchiveDatabase,
): Scan[] {
  const within = timeScan(selection, database.dialect)
  return [...new Set(clause.values)]
    .flatMap((value) => valueScans({ ...clause, values: [value] }, database))
    .map(({ condition }) => ({
      isOfSource: true,
      answers: [clause, ...within.answers],
      // Of a span of time and a value, SQLite takes the span for what leaves fewer rows.
      condition: (eb) => eb.and([database.dialect.unlikely(condition(eb)), within.condition(eb)]),
    }))
}

/** What the index on the text finds, in no order. */
export function searchScan(mayContain: Condition): Scan {
  return { isOfSource: false, answers: [], condition: () => mayContain }
}

const WHOLE = { isOfSource: true, answers: [] } as const

/** Whether a row is among those that a scan finds. */
export function isFound({ source }: Selection, { condition, isOfSource }: Scan, eb: Builder): Condition {
  return isOfSource ? eb.and([eb('source', '=', source), condition(eb)]) : condition(eb)
}

/** Whether a row that a scan has found is one of the selection. */
export function isSelected(
  { source, filter, search }: Selection,
  { answers, isOfSource }: Scan,
  { dialect }: ArchiveDatabase,
  eb: Builder,
): Condition {
  return eb.and([
    ...(isOfSource ? [] : [eb(dialect.unindexed(eb.ref('source')), '=', source)]),
    ...filter
      .filter((clause) => !answers.includes(clause))
      .map((clause) => conditionOf(clause, dialect, eb, (column) => dialect.unindexed(eb.ref(column)))),
    ...(search === null ? [] : [search.contains]),
  ])
}
