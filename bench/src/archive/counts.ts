/**
 * What it costs to count ten million messages in groups. Usage: `FILE [COUNT]`; the file is made and filled with SQL, since
 * a sync would take an hour, and has only the indexes that a count may use.
 */
import { DatabaseSync } from 'node:sqlite'
import { openArchive } from '@waybill/archive'
import type { CountRequest } from '@waybill/core'
import { markdownTable } from '../measure/markdown-table.ts'
import { archivedSource, medianMs } from './source.ts'

const file = process.argv[2] ?? 'counts.db'
const count = Number(process.argv[3] ?? 10_000_000)
/** A year of the clocks' changes. */
const BEGIN = Date.UTC(2025, 10, 1)
const YEAR_MS = 365 * 86_400_000
const HOUR_MS = 3_600_000

await (await openArchive({ url: `sqlite:${file}` })).close()
fill(new DatabaseSync(file))
const archive = await openArchive({ url: `sqlite:${file}` })
const source = archivedSource(archive)

const all: CountRequest = { filter: [], search: null, by: ['STATUS'], timeZone: 'Europe/Berlin' }
const bounded: CountRequest['filter'] = [
  { field: 'sentAt', operator: 'gte', value: BEGIN + 100 * 86_400_000 + 1_234_567 },
  { field: 'status', operator: 'eq', values: ['FAILED'] },
]
const questions: [string, CountRequest][] = [
  ['all, by status', all],
  ['by day and status', { ...all, by: ['DAY', 'STATUS'] }],
  ['by day and status, half an hour from UTC', { ...all, by: ['DAY', 'STATUS'], timeZone: 'Asia/Kolkata' }],
  ['by hour', { ...all, by: ['HOUR'] }],
  ['by day, failed ones, from the middle of an hour on', { ...all, by: ['DAY'], filter: bounded }],
  ['by day, type, status, direction', { ...all, by: ['DAY', 'TYPE', 'STATUS', 'DIRECTION'] }],
  ['by day, of those with a text (each message is looked at)', { ...all, by: ['DAY'], search: 'order' }],
]
const rows: [string, number, number, number][] = []
for (const [name, request] of questions) {
  let groups = 0
  let leastCpuMs = Number.POSITIVE_INFINITY
  const ms = await medianMs(async () => {
    const before = process.cpuUsage()
    const result = await source.count?.(request)
    const { user, system } = process.cpuUsage(before)
    leastCpuMs = Math.min(leastCpuMs, (user + system) / 1000)
    groups = result?.groups.length ?? 0
  })
  rows.push([name, groups, ms, leastCpuMs])
}
console.log(
  markdownTable([`${count.toLocaleString('en-US')} messages`, 'groups', 'ms', 'of the processor, ms'], rows),
)
await archive.close()

function fill(database: DatabaseSync): void {
  const { filled } =
    database.prepare('select count(*) as filled from (select 1 from messages limit 1)').get() ?? {}
  if (filled === 1) return
  const kept = "'messages_by_time', 'messages_by_id'"
  const indexes = database.prepare(
    `select name from sqlite_master where type = 'index' and tbl_name = 'messages' and sql is not null and name not in (${kept})`,
  )
  for (const { name } of indexes.all()) database.exec(`drop index "${String(name)}"`)
  database.exec(`
    pragma synchronous = off;
    begin;
    insert into messages (source, id_key, sent_at, changed_at, past_versions, status, type, direction, failure_code, body)
    with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${count - 1}),
    picked as (select n, (n * 2654435761) % 4294967296 / 7 as dice from numbers)
    select 'shop', char(55) || (1000000 + n), cast(${BEGIN} + n * ${YEAR_MS / count} as integer), 1, 0,
      case when dice % 20 = 0 then 'FAILED' when dice % 20 < 6 then 'DELIVERED' when dice % 20 < 8 then 'SENT' else 'READ' end,
      case dice % 7 when 0 then 'IMAGE' when 1 then 'DOCUMENT' when 2 then 'TEMPLATE' else 'TEXT' end,
      case dice % 3 when 0 then 'INBOUND' else 'OUTBOUND' end,
      case when dice % 20 = 0 then case dice % 11 when 0 then '470' else '131026' end end, '{}'
    from picked;
    insert into sources (source, message_count, deleted_count) values ('shop', ${count}, 0);
    insert into count_groups (source, group_key, status, type, direction, failure_code, message_count)
    select source, json_array(status, type, direction, failure_code), status, type, direction, failure_code, count(*)
    from messages group by status, type, direction, failure_code;
    insert into hourly_counts (group_id, hour, quarter_1, quarter_2, quarter_3, quarter_4)
    select group_id, cast(sent_at / ${HOUR_MS} as integer) as hour,
      sum(cast(sent_at / ${HOUR_MS / 4} as integer) % 4 = 0), sum(cast(sent_at / ${HOUR_MS / 4} as integer) % 4 = 1),
      sum(cast(sent_at / ${HOUR_MS / 4} as integer) % 4 = 2), sum(cast(sent_at / ${HOUR_MS / 4} as integer) % 4 = 3)
    from messages join count_groups
      on group_key = json_array(messages.status, messages.type, messages.direction, messages.failure_code)
    group by group_id, hour;
    commit;`)
  database.close()
}
