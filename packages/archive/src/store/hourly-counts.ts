import type { Message } from '@waybill/core'
import { type Kysely, sql } from 'kysely'
import { chunksOf } from '../database/archive-database.js'
import type { HourlyCountsTable, Tables } from '../database/tables.js'
import { type CountedColumns, toCountedColumns } from './message-row.js'

/** A message that is counted, or no longer is as it was. */
export interface CountChange {
  readonly message: Message
  readonly by: number
}

type Quarters = [number, number, number, number]

interface GroupChange {
  readonly columns: CountedColumns
  /** How many messages more it has. */
  by: number
  readonly hours: Map<number, Quarters>
}

/** Counts along what a transaction writes. Whoever writes holds the source's lease, so nobody else does it meanwhile. */
export async function updateHourlyCounts(
  db: Kysely<Tables>,
  source: string,
  changes: readonly CountChange[],
): Promise<void> {
  const groups = sumUp(changes)
  const ids = await updateGroups(db, source, groups)
  const rows: HourlyCountsTable[] = []
  for (const [key, { hours }] of groups) {
    for (const [hour, [quarter_1, quarter_2, quarter_3, quarter_4]] of hours) {
      if (quarter_1 === 0 && quarter_2 === 0 && quarter_3 === 0 && quarter_4 === 0) continue
      rows.push({ group_id: ids.get(key) ?? 0, hour, quarter_1, quarter_2, quarter_3, quarter_4 })
    }
  }
  for (const chunk of chunksOf(rows)) await addRows(db, chunk)
}

function sumUp(changes: readonly CountChange[]): Map<string, GroupChange> {
  const groups = new Map<string, GroupChange>()
  for (const { message, by } of changes) {
    const columns = toCountedColumns(message)
    const key = JSON.stringify(Object.values(columns))
    const group = groups.get(key) ?? { columns, by: 0, hours: new Map<number, Quarters>() }
    groups.set(key, group)
    group.by += by
    const { hour, quarter } = quarterOf(message.sentAt)
    const quarters: Quarters = group.hours.get(hour) ?? [0, 0, 0, 0]
    quarters[quarter] = (quarters[quarter] ?? 0) + by
    group.hours.set(hour, quarters)
  }
  return groups
}

const HOUR_MS = 60 * 60_000
/** Beyond any date. What was sent even later is counted there, since the databases' integers have an end. */
const FARTHEST_HOUR = 2 ** 52

function quarterOf(time: number): { readonly hour: number; readonly quarter: number } {
  const hour = Math.max(-FARTHEST_HOUR, Math.min(FARTHEST_HOUR, Math.floor(time / HOUR_MS)))
  const quarter = Math.floor((4 * (time - hour * HOUR_MS)) / HOUR_MS)
  return { hour, quarter: Math.max(0, Math.min(3, quarter)) }
}

/** @returns the keys of the groups' rows by the texts that name them. */
async function updateGroups(
  db: Kysely<Tables>,
  source: string,
  groups: ReadonlyMap<string, GroupChange>,
): Promise<Map<string, number>> {
  const ids = new Map<string, number>()
  const rows = Array.from(groups, ([group_key, { columns, by }]) => ({
    source,
    group_key,
    ...columns,
    message_count: by,
  }))
  for (const chunk of chunksOf(rows)) {
    const written = await db
      .insertInto('count_groups')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['source', 'group_key']).doUpdateSet((eb) => ({
          message_count: eb('count_groups.message_count', '+', eb.ref('excluded.message_count')),
        })),
      )
      .returning(['group_id', 'group_key'])
      .execute()
    for (const { group_id, group_key } of written) ids.set(group_key, group_id)
  }
  return ids
}

async function addRows(db: Kysely<Tables>, rows: readonly HourlyCountsTable[]): Promise<void> {
  await db
    .insertInto('hourly_counts')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['group_id', 'hour'])
        .doUpdateSet(({ ref }) =>
          Object.fromEntries(
            QUARTERS.map((quarter) => [
              quarter,
              sql<number>`${ref(`hourly_counts.${quarter}`)} + ${ref(`excluded.${quarter}`)}`,
            ]),
          ),
        ),
    )
    .execute()
  const fewer = rows.filter((row) => QUARTERS.some((quarter) => row[quarter] < 0))
  if (fewer.length === 0) return
  const keys = fewer.map(({ group_id, hour }) => sql`(${sql.lit(group_id)}, ${sql.lit(hour)})`)
  await db
    .deleteFrom('hourly_counts')
    .where(sql<boolean>`(group_id, hour) in (values ${sql.join(keys)})`)
    .where((eb) => eb.and(QUARTERS.map((quarter) => eb(quarter, '=', 0))))
    .execute()
}

const QUARTERS = ['quarter_1', 'quarter_2', 'quarter_3', 'quarter_4'] as const
