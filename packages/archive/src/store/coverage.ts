import type { TimeRange } from '@waybill/core'
import type { Kysely } from 'kysely'
import { chunksOf } from '../database/archive-database.js'
import type { GapsTable, Tables } from '../database/tables.js'
import type { Gap } from './archive-store.js'

export async function readCoverage(db: Kysely<Tables>, source: string): Promise<TimeRange[]> {
  const rows = await db
    .selectFrom('coverage')
    .select(['from_at', 'to_at'])
    .where('source', '=', source)
    .orderBy('from_at')
    .execute()
  return rows.map(({ from_at, to_at }) => ({ from: from_at, to: to_at }))
}

export async function joinCoverage(
  db: Kysely<Tables>,
  source: string,
  coverage: readonly TimeRange[],
): Promise<void> {
  if (coverage.length === 0) return
  const union = unionRanges([...(await readCoverage(db, source)), ...coverage])
  await db.deleteFrom('coverage').where('source', '=', source).execute()
  for (const chunk of chunksOf(union.map(({ from, to }) => ({ source, from_at: from, to_at: to })))) {
    await db.insertInto('coverage').values(chunk).execute()
  }
}

export async function readGaps(db: Kysely<Tables>, source: string): Promise<Gap[]> {
  const rows = await db
    .selectFrom('gaps')
    .select(['from_at', 'to_at', 'observed_at'])
    .where('source', '=', source)
    .orderBy('from_at')
    .orderBy('to_at')
    .execute()
  return rows.map(({ from_at, to_at, observed_at }) => ({
    from: from_at,
    to: to_at,
    observedAt: observed_at,
  }))
}

/** @returns those that were not known. */
export async function insertGaps(
  db: Kysely<Tables>,
  source: string,
  gaps: readonly Gap[],
): Promise<TimeRange[]> {
  const rows = gaps.map(({ from, to, observedAt }) => ({
    source,
    from_at: from,
    to_at: to,
    observed_at: observedAt,
  }))
  const added: TimeRange[] = []
  for (const chunk of chunksOf(rows)) {
    const written = await db
      .insertInto('gaps')
      .values(chunk)
      .onConflict((conflict) => conflict.doNothing())
      .returning(['from_at', 'to_at'])
      .execute()
    added.push(...written.map(toRange))
  }
  return added
}

/** @returns those that were closed. */
export async function closeGaps(
  db: Kysely<Tables>,
  source: string,
  { from, to }: TimeRange,
): Promise<TimeRange[]> {
  const closed = await db
    .deleteFrom('gaps')
    .where('source', '=', source)
    .where('from_at', '>=', from)
    .where('to_at', '<=', to)
    .returning(['from_at', 'to_at'])
    .execute()
  return closed.map(toRange).toSorted(byStart)
}

function toRange({ from_at, to_at }: Pick<GapsTable, 'from_at' | 'to_at'>): TimeRange {
  return { from: from_at, to: to_at }
}

/**
 * The same times in as few spans as can be, oldest first. Times are whole milliseconds, so that a span that begins one
 * after another's end continues it.
 */
export function unionRanges(ranges: readonly TimeRange[]): TimeRange[] {
  const union: TimeRange[] = []
  for (const { from, to } of ranges.filter((range) => range.from <= range.to).toSorted(byStart)) {
    const last = union.at(-1)
    if (last === undefined || from > last.to + 1) union.push({ from, to })
    else union[union.length - 1] = { from: last.from, to: Math.max(last.to, to) }
  }
  return union
}

function byStart(a: TimeRange, b: TimeRange): number {
  return a.from - b.from
}
