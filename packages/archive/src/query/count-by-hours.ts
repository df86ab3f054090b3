import { HOUR_MS, isTimeClause } from '@waybill/core'
import { type Expression, expressionBuilder, type SelectQueryBuilder, sql, type SqlBool } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import type { Tables } from '../database/tables.js'
import { type Condition, conditionOf } from './conditions.js'
import { type CountedRow, type CountingPlan, GROUPED, groupColumns } from './counted-row.js'
import type { HourSpan } from './hour-spans.js'
import type { Selection } from './selection.js'
import { beginsWithin, choose, lit, NONE, type PeriodUnit } from './local-period.js'

/** An hour of UTC is a part of two local ones, where the clocks are not whole hours from UTC. */
type Part = 'first' | 'second'

/** Counts the messages of all times from what was counted along as they were written. */
export function countByGroups({ database, selection, columns }: CountingPlan): Expression<CountedRow> {
  const rows = database.db
    .selectFrom('count_groups')
    .where('source', '=', selection.source)
    .where((eb) => eb.and(onGroups(selection, database)))
    .select([NONE.as('period'), NONE.as('exact_at')])
    .select(groupColumns(columns))
    .select('message_count as amount')
  return sumUp(rows, database)
}

/** Counts the messages of some hours in the same way. */
export function countByHours(plan: CountingPlan, spans: readonly HourSpan[]): Expression<CountedRow>[] {
  const { unit } = plan
  if (unit === null) return [countPart(plan, spans, NONE, WHOLE_HOUR)]
  const isSplit = spans.some(({ offset }) => quartersOf(offset) !== 0)
  const parts: readonly Part[] = isSplit ? ['first', 'second'] : ['first']
  return parts.map((part) => {
    const period = choose(HOUR, spans, (span) => periodOfHour(plan, unit, part, span))
    const amount = choose(HOUR, spans, ({ offset }) => amountOf(part, quartersOf(offset)))
    return countPart(plan, spans, period, isSplit ? amount : WHOLE_HOUR)
  })
}

function countPart(
  { database, selection, columns }: CountingPlan,
  spans: readonly HourSpan[],
  period: Expression<number | null>,
  amount: Expression<number>,
): Expression<CountedRow> {
  const rows = database.db
    .selectFrom('count_groups')
    .innerJoin('hourly_counts', 'hourly_counts.group_id', 'count_groups.group_id')
    .where('count_groups.source', '=', selection.source)
    .where((eb) => eb.and([...onGroups(selection, database), isWithin(spans)]))
    .select([sql<number | null>`${period}`.as('period'), NONE.as('exact_at')])
    .select(groupColumns(columns))
    .select(sql<number>`${amount}`.as('amount'))
  return sumUp(rows, database)
}

type Amount = Omit<CountedRow, 'count'> & { readonly amount: number }

function sumUp(
  rows: SelectQueryBuilder<Tables, never, Amount>,
  { db }: ArchiveDatabase,
): Expression<CountedRow> {
  const sum = sql<number>`sum(${sql.ref('amount')})`
  return db
    .selectFrom(rows.as('rows'))
    .select(GROUPED)
    .select(sql<number>`cast(${sum} as bigint)`.as('count'))
    .groupBy(GROUPED)
    .having(sum, '>', 0)
}

/** What a filter asks of messages beside their time, asked of the groups that they are counted in. */
function onGroups({ filter }: Selection, { dialect }: ArchiveDatabase): Condition[] {
  const clauses = filter.filter((clause) => !isTimeClause(clause))
  return clauses.map((clause) =>
    conditionOf(clause, dialect, expressionBuilder<Tables, 'messages'>(), (name) => sql.ref(name)),
  )
}

const HOUR = sql.ref<number>('hour')

const QUARTERS = ['quarter_1', 'quarter_2', 'quarter_3', 'quarter_4'] as const
const WHOLE_HOUR = sumOf(QUARTERS)

/** How many quarters a local hour has had when an hour of UTC begins. */
function quartersOf(offset: number): number {
  return (remainderOf(offset) * QUARTERS.length) / HOUR_MS
}

function remainderOf(offset: number): number {
  return ((offset % HOUR_MS) + HOUR_MS) % HOUR_MS
}

function amountOf(part: Part, passed: number): Expression<number> {
  const end = QUARTERS.length - passed
  return sumOf(part === 'first' ? QUARTERS.slice(0, end) : QUARTERS.slice(end))
}

function sumOf(quarters: readonly string[]): Expression<number> {
  if (quarters.length === 0) return lit(0)
  return sql<number>`${sql.join(
    quarters.map((quarter) => sql.ref(quarter)),
    sql` + `,
  )}`
}

function periodOfHour(
  { database }: CountingPlan,
  unit: PeriodUnit,
  part: Part,
  { offset, changedAt }: HourSpan,
): Expression<number> {
  const passed = remainderOf(offset)
  const later = part === 'first' ? 0 : 1
  if (unit === 'DAY') {
    // Whole numbers are divided without a fraction, and towards 0: from a day before the first one.
    const hours = (offset - passed) / HOUR_MS + later + HOURS_A_DAY
    return sql<number>`(${HOUR} + ${lit(hours)}) / ${lit(HOURS_A_DAY)} - 1`
  }
  const start = sql<number>`(${HOUR} + ${lit(later)}) * ${lit(HOUR_MS)} - ${lit(passed)}`
  return changedAt !== null && beginsWithin(changedAt, offset)
    ? database.dialect.later(start, lit(changedAt))
    : start
}

const HOURS_A_DAY = 24

/** The hours of all spans: from the first to the last, but for those between them. */
function isWithin(spans: readonly HourSpan[]): Expression<SqlBool> {
  const [first, last] = [spans[0]?.from ?? 0, spans.at(-1)?.to ?? 0]
  const between = spans.slice(1).flatMap(({ from }, index) => {
    const end = spans[index]?.to ?? from
    return end < from ? [sql<SqlBool>`not (${HOUR} >= ${lit(end)} and ${HOUR} < ${lit(from)})`] : []
  })
  return sql<SqlBool>`(${sql.join(
    [sql<SqlBool>`${HOUR} >= ${lit(first)} and ${HOUR} < ${lit(last)}`, ...between],
    sql` and `,
  )})`
}
