import { type Expression, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import { fromIdKey, toIdKey } from '../database/encoding.js'
import type { Tables } from '../database/tables.js'
import type { Builder, Condition } from './conditions.js'
import type { ListedRow, Part } from './selection.js'

type Messages<Row> = SelectQueryBuilder<Tables, 'messages', Row>

/** The position of a message in a list. */
export interface PositionRow {
  readonly row_id: number
  readonly time: number
  readonly id_key: string
}

/** A position; the time is null for a message that is not selected. */
export interface CheckedRow extends Omit<PositionRow, 'time'> {
  readonly time: number | null
}

/** The columns of a {@link PositionRow}. */
export const POSITION: readonly ['row_id', 'time', 'id_key'] = ['row_id', 'time', 'id_key']

export function positionsOf(messages: Messages<object>, { sort }: Part): Messages<PositionRow> {
  return messages.select(['row_id', `${timeColumn(sort)} as time`, 'id_key'])
}

/** Positions; the time is null where the message does not satisfy a condition. */
export function checkedPositionsOf(
  messages: Messages<object>,
  { sort }: Part,
  condition: (eb: Builder) => Condition,
): Messages<CheckedRow> {
  return messages.select((eb) => {
    const time = eb
      .case()
      .when(condition(eb))
      .then(eb.ref(timeColumn(sort)))
      .end()
    return ['row_id', time.as('time'), 'id_key']
  })
}

/** The first messages of a list. */
export function firstOf<Row>(messages: Messages<Row>, { sort }: Part, count: number): Messages<Row> {
  const { direction } = sort
  return messages.orderBy(timeColumn(sort), direction).orderBy('id_key', direction).limit(count)
}

/** Whether a row comes after the cursor. @param column how its time is written; default: so that an index is used */
export function isAfter(
  { sort, after }: Part,
  eb: Builder,
  column: (time: Expression<number>) => Expression<unknown> = (time) => time,
): Condition {
  if (after === null) return eb.and([])
  const operator = sort.direction === 'asc' ? sql`>` : sql`<`
  const place = sql`(${after.time}, ${toIdKey(after.upstreamId)})`
  return sql<SqlBool>`(${column(eb.ref(timeColumn(sort)))}, ${eb.ref('id_key')}) ${operator} ${place}`
}

export function toListedRow({ row_id, id_key, time }: PositionRow): ListedRow {
  return { rowId: row_id, upstreamId: fromIdKey(id_key), time }
}

export function timeColumn({ field }: Part['sort']): 'sent_at' | 'changed_at' {
  return field === 'createdAt' ? 'sent_at' : 'changed_at'
}
