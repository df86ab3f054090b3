import Database from 'better-sqlite3'
import pg from 'pg'

/** How the messages of an archive are copied. They are of one source, and their ids are the numbers from 1 on. */
export interface Multiplication {
  /** How many messages there are. */
  readonly count: number
  /** How many times as many there will be. */
  readonly times: number
  /** How much earlier each copy was sent than the one before, in milliseconds: whole hours. */
  readonly spanMs: number
}

const HOUR_MS = 3_600_000
const COPIED = `changed_at, past_versions, deleted_at, status, type, direction, interaction_id, sender, recipient,
  told_contact, contact, failure_code, search_text, detail, detail_status`

/**
 * Copies the messages of an archive in SQLite, each copy with its own id and time. A million are there within two minutes, where
 * a sync takes ten.
 *
 * @param isBare whether only what a list needs is made: no originals, no index on texts, and no other but those by time and by id
 */
export function multiplySqlite(file: string, multiplication: Multiplication, isBare: boolean): void {
  const database = new Database(file)
  try {
    database.pragma('synchronous = off')
    database.pragma('cache_size = -262144')
    const indexes = database
      .prepare<[], Defined>(
        `select name, sql from sqlite_master where tbl_name = 'messages' and sql is not null
          and (type = 'index' or name = 'message_search_insert')`,
      )
      .all()
    database.exec('begin')
    for (const { name, sql } of indexes) database.exec(`drop ${typeOf(sql)} ${name}`)
    const { last } = database
      .prepare<[], { last: number }>('select max(row_id) as last from messages')
      .get() ?? { last: 0 }
    for (let copy = 1; copy < multiplication.times; copy += 1)
      for (const statement of copyOf(multiplication, copy, last, isBare)) database.exec(statement)
    for (const statement of countsOf(multiplication)) database.exec(statement)
    const kept = indexes.filter(({ name }) => !isBare || LIST_INDEXES.includes(name))
    for (const { sql } of kept) database.exec(sql)
    if (!isBare) database.exec(`insert into message_search (message_search) values ('rebuild')`)
    database.exec('commit')
  } finally {
    database.close()
  }
}

/** Copies the messages of an archive in PostgreSQL, each copy with its own id and time. */
export async function multiplyPostgres(url: string, multiplication: Multiplication): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=waybill,public' })
  await client.connect()
  try {
    await client.query(`set maintenance_work_mem = '512MB'`)
    await client.query(`set synchronous_commit = off`)
    const { rows: indexes } = await client.query<Defined>(
      `select indexname as name, indexdef as sql from pg_indexes
        where schemaname = 'waybill' and tablename = 'messages' and indexname <> 'messages_pkey'`,
    )
    for (const { name } of indexes) await client.query(`drop index ${name}`)
    const found = await client.query<{ last: number }>('select max(row_id)::float8 as last from messages')
    const last = found.rows[0]?.last ?? 0
    for (let copy = 1; copy < multiplication.times; copy += 1)
      for (const statement of copyOf(multiplication, copy, last, false, 'overriding system value'))
        await client.query(statement)
    for (const statement of countsOf(multiplication)) await client.query(statement)
    for (const { sql } of indexes) await client.query(sql)
  } finally {
    await client.end()
  }
}

/** An index, or a trigger. */
interface Defined {
  readonly name: string
  readonly sql: string
}

const LIST_INDEXES: readonly string[] = ['messages_by_time', 'messages_by_id']

function typeOf(sql: string): string {
  return /^\s*create\s+trigger/i.test(sql) ? 'trigger' : 'index'
}

/** One copy of all messages. An id below ten digits has their number before it as its key. */
function copyOf(
  { count, spanMs }: Multiplication,
  copy: number,
  last: number,
  isBare: boolean,
  givenKeys = '',
): readonly string[] {
  const id = 'substr(id_key, 2)'
  const copiedId = `cast(cast(${id} as bigint) + ${copy * count} as text)`
  const sentAt = `sent_at - ${copy * spanMs}`
  const body = `replace(replace(body, '"upstreamId":"' || ${id} || '"', '"upstreamId":"' || ${copiedId} || '"'),
    '"sentAt":' || cast(cast(sent_at as bigint) as text), '"sentAt":' || cast(cast(${sentAt} as bigint) as text))`
  const raw = `replace(raw, '"id":' || ${id} || ',', '"id":' || ${copiedId} || ',')`
  const messages = `insert into messages (row_id, source, id_key, sent_at, ${COPIED}, body) ${givenKeys}
    select row_id + ${copy * last}, source, cast(length(${copiedId}) as text) || ${copiedId}, ${sentAt}, ${COPIED}, ${body}
    from messages where row_id <= ${last}`
  const originals = `insert into originals (row_id, raw)
    select originals.row_id + ${copy * last}, ${raw}
    from originals join messages on messages.row_id = originals.row_id where originals.row_id <= ${last}`
  return isBare ? [messages] : [messages, originals]
}

/** The counts that an archive keeps, after all copies were made. */
function countsOf({ times, spanMs }: Multiplication): readonly string[] {
  const copies = Array.from({ length: times - 1 }, (_, index) => `(${((index + 1) * spanMs) / HOUR_MS})`)
  return [
    `insert into hourly_counts (group_id, hour, quarter_1, quarter_2, quarter_3, quarter_4)
      with copies (hours) as (values ${copies.join(', ')})
      select group_id, hour - hours, quarter_1, quarter_2, quarter_3, quarter_4 from copies cross join hourly_counts`,
    `update count_groups set message_count = message_count * ${times}`,
    `update sources set message_count = message_count * ${times}, deleted_count = deleted_count * ${times}`,
  ]
}
