import type { TimeZone } from '@waybill/core'
import { type AliasedExpression, sql } from 'kysely'
import type { ArchiveDatabase } from '../database/archive-database.js'
import type { Span } from './hour-spans.js'
import type { PeriodUnit } from './local-period.js'
import type { Selection } from './selection.js'

/** What messages are grouped by in the database, beside the period. */
export type CountedColumn = (typeof COLUMNS)[number]

const COLUMNS = ['status', 'type', 'direction', 'failure_code'] as const

/** What is counted, and by what. */
export interface CountingPlan {
  readonly database: ArchiveDatabase
  readonly selection: Selection
  /** Null where no periods are asked for. */
  readonly unit: PeriodUnit | null
  readonly zone: TimeZone
  /** Where the messages of the source lie. */
  readonly sent: Span
  readonly columns: readonly CountedColumn[]
}

/** A group, or a part of it. What was not asked for is null. */
export interface CountedRow extends Readonly<Record<CountedColumn, string | null>> {
  /** In the terms of the database: see `startOfPeriod`. */
  readonly period: number | null
  /** The time itself, where it lies in no year that the database is given the offsets of. */
  readonly exact_at: number | null
  readonly count: number
}

/** The columns by which rows are grouped, in the order that they have in every part of a count. */
export const GROUPED: readonly ['period', 'exact_at', ...typeof COLUMNS] = ['period', 'exact_at', ...COLUMNS]

/** The columns that are asked for, and null for the others. */
export function groupColumns(
  asked: readonly CountedColumn[],
): AliasedExpression<string | null, CountedColumn>[] {
  return COLUMNS.map((column) =>
    (asked.includes(column) ? sql.ref<string | null>(column) : sql<string | null>`cast(null as text)`).as(
      column,
    ),
  )
}
