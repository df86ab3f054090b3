import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { DatabaseSync } from 'node:sqlite'
import { openArchive } from '@waybill/archive'

/** The source that the archive is filled with. */
export const SOURCE = 'shop'

const BEGIN = Date.UTC(2025, 10, 1)
const YEAR_MS = 365 * 86_400_000
/** Of so many entries, one was never sent. */
const NEVER_SENT = 10
const NUMBERS = 5000

/**
 * Makes an archive of a year with so many messages that were sent. It is filled with SQL, since a sync would take an hour,
 * and has only the indexes that a reconciliation may use.
 */
export async function fillHistory(file: string, count: number): Promise<void> {
  await (await openArchive({ url: `sqlite:${file}` })).close()
  const database = new DatabaseSync(file)
  const indexes = database.prepare(
    `select name from sqlite_master where type = 'index' and tbl_name = 'messages' and sql is not null
       and name not in ('messages_by_time', 'messages_by_id')`,
  )
  for (const { name } of indexes.all()) database.exec(`drop index "${String(name)}"`)
  const end = BEGIN + YEAR_MS + 86_400_000
  database.exec(`
    pragma synchronous = off;
    begin;
    insert into messages
      (source, id_key, sent_at, changed_at, past_versions, status, type, direction, recipient, told_contact, contact, body)
    with recursive numbers (n) as (select 0 union all select n + 1 from numbers where n < ${count - 1}),
    made as (
      select 10000000 + n as id, cast(${BEGIN} + n * ${YEAR_MS / count} as integer) as sent_at,
        '+4930' || (1000000 + n % ${NUMBERS}) as recipient, 'Your code is ' || (n % 10000) as text
      from numbers)
    select '${SOURCE}', char(56) || id, sent_at, 1, 0, 'DELIVERED', 'TEXT', 'OUTBOUND', recipient, recipient, recipient,
      json_object('upstreamId', cast(id as text), 'whatsappId', 'wamid.' || id, 'direction', 'OUTBOUND', 'type', 'TEXT',
        'rawType', 'text', 'status', 'DELIVERED', 'rawStatus', 'delivered', 'text', text, 'from', null, 'to', recipient,
        'interactionId', null, 'isRead', null, 'sentAt', sent_at, 'failure', null)
    from made;
    insert into sources (source, message_count, deleted_count, last_synced_at) values ('${SOURCE}', ${count}, 0, ${end});
    insert into coverage (source, from_at, to_at) values ('${SOURCE}', 0, ${end});
    insert into proven (source, from_at, to_at, proven_at) values ('${SOURCE}', 0, ${end}, ${end});
    commit;`)
  database.close()
}

/**
 * Writes the log of such a history as CSV: number, text and time, in no order, and every tenth entry was never sent.
 */
export async function writeLog(file: string, count: number): Promise<void> {
  const output = createWriteStream(file)
  output.write('to;text;at\n')
  // A step that has no divisor in common with the count leads to every message once.
  const step = 7_654_321
  let lines: string[] = []
  for (let place = 0; place < count; place += 1) {
    const n = (place * step) % count
    const at = new Date(Math.trunc(BEGIN + n * (YEAR_MS / count)) - 2000).toISOString()
    const text = n % NEVER_SENT === 0 ? `Never sent ${n}` : `Your code is ${n % 10_000}`
    lines.push(`+49 30 ${1_000_000 + (n % NUMBERS)};${text};${at}\n`)
    if (lines.length < 10_000) continue
    if (!output.write(lines.join(''))) await once(output, 'drain')
    lines = []
  }
  output.end(lines.join(''))
  await once(output, 'finish')
}
