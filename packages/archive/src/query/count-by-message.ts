import { HOUR_MS } from '@waybill/core'
import { type Expression, type RawBuilder, sql } from 'kysely'
import { type CountedRow, type CountingPlan, GROUPED, groupColumns } from './counted-row.js'
import { findingScans } from './finding-scans.js'
import { CALENDAR, type Span } from './hour-spans.js'
import { lit, NONE, periodOf } from './local-period.js'
import { isFound, isSelected, timeScan } from './scan.js'
import { type Selection, tighten } from './selection.js'

/**
 * Counts messages by looking at each of them.
 * @param within null: all of the selection
 * @returns null where there are none
 */
export async function countByMessage(
  plan: CountingPlan,
  within: Span | null,
  signal: AbortSignal | undefined,
): Promise<Expression<CountedRow> | null> {
  const { database, selection, columns } = plan
  const { db, dialect } = database
  const wanted = within === null ? selection : narrow(selection, within)
  const scans = within === null ? await findingScans(database, wanted, signal) : [timeScan(wanted, dialect)]
  const [first, ...others] = scans.map((scan) =>
    db
      .selectFrom('messages')
      .where((eb) => isFound(wanted, scan, eb))
      .where((eb) => isSelected(wanted, scan, database, eb))
      .select(['row_id', 'sent_at', 'status', 'type', 'direction', 'failure_code']),
  )
  if (first === undefined) return null
  const found = others.reduce((union, each) => union.union(each), first)
  const { period, exactAt } = periodColumns(plan, within ?? plan.sent)
  const rows = db
    .selectFrom(found.as('found'))
    .select([period.as('period'), exactAt.as('exact_at')])
    .select(groupColumns(columns))
  return db
    .selectFrom(rows.as('rows'))
    .select(GROUPED)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .groupBy(GROUPED)
}

function narrow(selection: Selection, { from, to }: Span): Selection {
  const filter = [
    ...selection.filter,
    { field: 'sentAt', operator: 'gte', value: from } as const,
    { field: 'sentAt', operator: 'lt', value: to } as const,
  ]
  const anyPart = { sort: { field: 'createdAt', direction: 'asc' }, after: null, limit: 1 } as const
  return tighten({ ...selection, filter }, anyPart)[0]
}

type Time = RawBuilder<number | null>

function periodColumns(
  { unit, zone, database }: CountingPlan,
  { from, to }: Span,
): { readonly period: Time; readonly exactAt: Time } {
  if (unit === null) return { period: NONE, exactAt: NONE }
  const time = sql.ref<number>('sent_at')
  const [first, last] = [Math.max(from, CALENDAR.from), Math.min(to, CALENDAR.to)]
  if (first >= last) return { period: NONE, exactAt: sql`${time}` }
  // An hour that begins with a change is told by what was before.
  const period = periodOf(unit, time, zone.segments(first - HOUR_MS, last), database.dialect)
  const isDated = sql<boolean>`${time} >= ${lit(first)} and ${time} < ${lit(last)}`
  return {
    period: sql`case when ${isDated} then ${period} end`,
    exactAt: sql`case when ${isDated} then null else ${time} end`,
  }
}
