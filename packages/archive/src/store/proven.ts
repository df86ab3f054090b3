import type { TimeRange } from '@waybill/core'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.js'

/** A span of the history, and when it was compared with the whole list of the upstream. */
export interface ProvenRange extends TimeRange {
  /** When that comparison began, in milliseconds since the epoch: what it says was so then, or later. */
  readonly at: number
}

/** Oldest first. They do not overlap. */
export async function readProven(db: Kysely<Tables>, source: string): Promise<ProvenRange[]> {
  const rows = await db
    .selectFrom('proven')
    .select(['from_at', 'to_at', 'proven_at'])
    .where('source', '=', source)
    .orderBy('from_at')
    .execute()
  return rows.map(({ from_at, to_at, proven_at }) => ({ from: from_at, to: to_at, at: proven_at }))
}

/** Puts a range in the place of what it overlaps. */
export async function writeProven(db: Kysely<Tables>, source: string, range: ProvenRange): Promise<void> {
  const ranges = replaceOverlap(await readProven(db, source), range)
  await db.deleteFrom('proven').where('source', '=', source).execute()
  if (ranges.length === 0) return
  const rows = ranges.map(({ from, to, at }) => ({ source, from_at: from, to_at: to, proven_at: at }))
  await db.insertInto('proven').values(rows).execute()
}

/** The ranges with one more, oldest first: of the earlier ones only what lies outside of it stays. */
function replaceOverlap(ranges: readonly ProvenRange[], added: ProvenRange): ProvenRange[] {
  const outside = ranges.flatMap(({ from, to, at }) => [
    { from, to: Math.min(to, added.from - 1), at },
    { from: Math.max(from, added.to + 1), to, at },
  ])
  return [...outside, added].filter(({ from, to }) => from <= to).toSorted((a, b) => a.from - b.from)
}
