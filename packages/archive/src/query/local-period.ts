import { DAY_MS, HOUR_MS, type TimeZone, type ZoneSegment } from '@waybill/core'
import { type Expression, type RawBuilder, sql } from 'kysely'
import type { Dialect } from '../database/archive-database.js'

/** No time, in a column of times. */
export const NONE: RawBuilder<number | null> = sql`cast(null as double precision)`

/** What a row is counted under, in the terms of the database. */
export type PeriodUnit = 'DAY' | 'HOUR'

/**
 * The local period that a row lies in, as an expression: the number of the day, or where the hour begins. The databases
 * have tables of time zones of their own, of other versions than the engine's; arithmetic on its offsets has one result
 * everywhere.
 *
 * @param time milliseconds since the epoch
 */
export function periodOf(
  unit: PeriodUnit,
  time: Expression<number>,
  segments: readonly ZoneSegment[],
  dialect: Dialect,
): RawBuilder<number> {
  return choose(time, segments, ({ from, offset }, index) => {
    if (unit === 'DAY') return sql<number>`floor((${time} + ${lit(offset)}) / ${lit(DAY_MS)})`
    const start = sql<number>`floor((${time} + ${lit(offset)}) / ${lit(HOUR_MS)}) * ${lit(HOUR_MS)} - ${lit(offset)}`
    return beginsWithin(from, offset) && index > 0 ? dialect.later(start, lit(from)) : start
  })
}

/** Whether the clocks change to an offset within one of its hours, which then begins with the change. */
export function beginsWithin(from: number, offset: number): boolean {
  return (from + offset) % HOUR_MS !== 0
}

/** What the databases call a period, as where it begins. */
export function startOfPeriod(unit: PeriodUnit, period: number, zone: TimeZone): number {
  return unit === 'HOUR' ? period : (zone.startOfDay(period) ?? period * DAY_MS)
}

/** Finds the segment of a row by halves: there are two in each year. */
export function choose<Segment extends { readonly from: number }>(
  value: Expression<number>,
  segments: readonly Segment[],
  expressionFor: (segment: Segment, index: number) => Expression<number>,
  first = 0,
  last: number = segments.length - 1,
): RawBuilder<number> {
  const segment = segments[first]
  if (segment === undefined) return sql<number>`null`
  if (first >= last) return sql<number>`${expressionFor(segment, first)}`
  const middle = Math.ceil((first + last) / 2)
  const before = choose(value, segments, expressionFor, first, middle - 1)
  const after = choose(value, segments, expressionFor, middle, last)
  return sql<number>`case when ${value} < ${lit(segments[middle]?.from ?? 0)} then ${before} else ${after} end`
}

/** In the text of a query, and not beside it: databases tell two parameters of one value from each other. */
export function lit(value: number): RawBuilder<number> {
  return sql<number>`${sql.lit(value)}`
}
