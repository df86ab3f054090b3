import {
  type CountGroup,
  type CountKey,
  type CountRequest,
  findTimeZone,
  HOUR_MS,
  isTimeClause,
  type MessageDirection,
  type MessageStatus,
  type MessageType,
  type TimeZone,
  WaybillError,
} from '@waybill/core'
import { type Expression, sql } from 'kysely'
import { abortable } from '../database/abortable.js'
import type { ArchiveDatabase } from '../database/archive-database.js'
import { countByGroups, countByHours } from './count-by-hours.js'
import { countByMessage } from './count-by-message.js'
import type { CountedColumn, CountedRow, CountingPlan } from './counted-row.js'
import { readFailureCodes } from './failure-codes.js'
import { divideSpan } from './hour-spans.js'
import { type PeriodUnit, startOfPeriod } from './local-period.js'
import type { Selection } from './selection.js'

/** The databases hand over no more rows than this: who asks for more groups is refused anyway. */
const MOST_ROWS = 250_000

/** How many messages of a selection there are, in groups: in one statement, so that it sees one moment. */
export async function countGroups(
  database: ArchiveDatabase,
  selection: Selection,
  { by, timeZone }: Pick<CountRequest, 'by' | 'timeZone'>,
  signal: AbortSignal | undefined,
): Promise<CountGroup[]> {
  const unit = by.find((key): key is PeriodUnit => key === 'DAY' || key === 'HOUR') ?? null
  const zone = findTimeZone(timeZone)
  if (zone === null) throw new TypeError(`There is no time zone ${timeZone}.`)
  const sent = await sentWithin(database, selection.source)
  if (sent === null) return []
  const plan: CountingPlan = { database, selection, unit, zone, sent, columns: columnsOf(by) }
  const parts = (await partsOf(plan, signal)).map((part) => sql`select * from ${part} as part`)
  if (parts.length === 0) return []
  const counting = database.db
    .selectFrom(sql<CountedRow>`(${sql.join(parts, sql` union all `)})`.as('counted'))
    .selectAll()
    .limit(MOST_ROWS + 1)
  const rows = await abortable(signal, () => counting.execute())
  if (rows.length > MOST_ROWS) throw tooMany()
  const codes = await readFailureCodes(database, selection.source, rows)
  const groups = new Map<string, CountGroup>()
  for (const row of rows) {
    const group = {
      period: periodOf(row, unit, zone),
      status: row.status as MessageStatus | null,
      type: row.type as MessageType | null,
      direction: row.direction as MessageDirection | null,
      failureCode: row.failure_code === null ? null : (codes.get(row.failure_code) ?? null),
    }
    const key = JSON.stringify(Object.values(group))
    groups.set(key, { ...group, count: row.count + (groups.get(key)?.count ?? 0) })
  }
  return [...groups.values()]
}

const COLUMNS: Readonly<Partial<Record<CountKey, CountedColumn>>> = {
  STATUS: 'status',
  TYPE: 'type',
  DIRECTION: 'direction',
  FAILURE_CODE: 'failure_code',
}

function columnsOf(by: readonly CountKey[]): CountedColumn[] {
  return by.flatMap((key) => COLUMNS[key] ?? [])
}

/** The hourly counts tell all that they can; what is left is counted message by message. */
async function partsOf(
  plan: CountingPlan,
  signal: AbortSignal | undefined,
): Promise<Expression<CountedRow>[]> {
  const { selection, unit, zone, sent } = plan
  const { filter, search } = selection
  const isCounted = filter.every((clause) => isTimeClause(clause) || COUNTED_FIELDS.has(clause.field))
  if (search !== null || !isCounted) return present([await countByMessage(plan, null, signal)])
  if (unit === null && !filter.some(isTimeClause)) return [countByGroups(plan)]
  const { hours, rest } = divideSpan(filter, sent, unit === null ? null : zone)
  const parts = rest.map((span) => countByMessage(plan, span, signal))
  return [...(hours.length === 0 ? [] : countByHours(plan, hours)), ...present(await Promise.all(parts))]
}

function present<Value>(values: readonly (Value | null)[]): Value[] {
  return values.filter((value) => value !== null)
}

const COUNTED_FIELDS: ReadonlySet<string> = new Set(['status', 'type', 'direction'])

/** From the first message of a source to after the last; null where there is none. */
async function sentWithin({ db }: ArchiveDatabase, source: string): Promise<CountingPlan['sent'] | null> {
  const time = async (direction: 'asc' | 'desc'): Promise<number | undefined> => {
    const row = await db
      .selectFrom('messages')
      .select('sent_at')
      .where('source', '=', source)
      .orderBy('sent_at', direction)
      .limit(1)
      .executeTakeFirst()
    return row?.sent_at
  }
  const [from, to] = [await time('asc'), await time('desc')]
  // An hour more, since a message may come meanwhile.
  return from === undefined || to === undefined ? null : { from, to: to + HOUR_MS }
}

function periodOf(
  { period, exact_at }: { readonly period: number | null; readonly exact_at: number | null },
  unit: PeriodUnit | null,
  zone: TimeZone,
): number | null {
  if (unit === null) return null
  if (exact_at !== null)
    return unit === 'HOUR' ? zone.startOfHour(exact_at) : zone.startOfDay(zone.dayOf(exact_at))
  return period === null ? null : startOfPeriod(unit, period, zone)
}

function tooMany(): WaybillError {
  return new WaybillError(
    'QUERY_TOO_EXPENSIVE',
    'The messages are in too many groups. Group by fewer keys, or filter by a shorter span of sentAt.',
  )
}
