import type Database from 'better-sqlite3'
import type { EntryRow, MessageRow } from './work-rows.js'

/** How many rows are read at once. */
const PAGE = 500

/** The tables of a work store. Times are milliseconds since the epoch in double precision. */
export const TABLES = `
  create table if not exists entries (
    entry integer primary key, at real, timed integer not null, named integer not null, data text not null);
  create index if not exists entries_by_time on entries (at, entry);
  create table if not exists messages (
    sent_at real, source text, upstream_id text, whatsapp_id text, data text not null,
    primary key (sent_at, source, upstream_id)) without rowid;
  create index if not exists messages_by_id on messages (upstream_id);
  create index if not exists messages_by_whatsapp_id on messages (whatsapp_id) where whatsapp_id is not null;
  create table if not exists findings (place integer primary key, line text not null);
  create table if not exists unclaimed (place integer primary key, line text not null);
  create table if not exists state (name text primary key, value text not null);
`

const ENTRY = 'select entry, at, data from entries'
const MESSAGE = 'select sent_at, source, upstream_id, whatsapp_id, data from messages'

type Read<Row> = Database.Statement<unknown[], Row>

interface OutlineRow {
  readonly entries: number
  readonly first: number | null
  readonly last: number | null
  readonly untimed: number
  readonly allTimed: number | null
}

/** What a work store asks its database. */
export interface Statements {
  readonly state: Read<{ value: string }>
  readonly setState: Read<never>
  readonly addEntry: Read<never>
  readonly addMessage: Read<never>
  readonly addFinding: Read<never>
  readonly addUnclaimed: Read<never>
  readonly setTime: Read<never>
  readonly outline: Read<OutlineRow>
  readonly entry: Read<EntryRow & { readonly timed: number }>
  readonly message: Read<MessageRow>
  readonly isTimed: Read<{ timed: number }>
  readonly timed: Read<EntryRow>
  readonly untimed: Read<EntryRow>
  readonly namedTimed: Read<EntryRow>
  readonly namedUntimed: Read<EntryRow>
  readonly messages: Read<MessageRow>
  readonly messageCount: Read<{ count: number }>
  readonly withIds: Read<MessageRow>
  readonly withWhatsappIds: Read<MessageRow>
  readonly findings: Read<{ place: number; line: string }>
  readonly unclaimed: Read<{ place: number; line: string }>
}

export function prepareStatements(db: Database.Database): Statements {
  return {
    state: db.prepare('select value from state where name = ?'),
    setState: db.prepare('insert or replace into state values (?, ?)'),
    addEntry: db.prepare('insert or replace into entries values (?, ?, ?, ?, ?)'),
    addMessage: db.prepare('insert or replace into messages values (?, ?, ?, ?, ?)'),
    addFinding: db.prepare('insert into findings values (?, ?)'),
    addUnclaimed: db.prepare('insert into unclaimed (line) values (?)'),
    setTime: db.prepare('update entries set at = ? where entry = ?'),
    outline: db.prepare(
      'select count(*) entries, min(at) first, max(at) last, count(*) - count(at) untimed, min(timed) allTimed from entries',
    ),
    entry: db.prepare('select entry, at, timed, data from entries where entry = ?'),
    message: db.prepare(`${MESSAGE} where source = ? and upstream_id = ? limit 1`),
    isTimed: db.prepare('select timed from entries where entry = ?'),
    timed: db.prepare(
      `${ENTRY} where at is not null and (at, entry) > (?, ?) order by at, entry limit ${PAGE}`,
    ),
    untimed: db.prepare(`${ENTRY} where at is null and entry > ? order by entry limit ${PAGE}`),
    namedTimed: db.prepare(
      `${ENTRY} where entry > ? and named = 1 and timed = 1 order by entry limit ${PAGE}`,
    ),
    namedUntimed: db.prepare(
      `${ENTRY} where entry > ? and named = 1 and timed = 0 order by entry limit ${PAGE}`,
    ),
    messages: db.prepare(
      `${MESSAGE} where (sent_at, source, upstream_id) > (?, ?, ?) order by sent_at, source, upstream_id limit ${PAGE}`,
    ),
    messageCount: db.prepare('select count(*) count from messages'),
    withIds: db.prepare(`${MESSAGE} where upstream_id in (select value from json_each(?))`),
    withWhatsappIds: db.prepare(`${MESSAGE} where whatsapp_id in (select value from json_each(?))`),
    findings: db.prepare(`select place, line from findings where place > ? order by place limit ${PAGE}`),
    unclaimed: db.prepare(`select place, line from unclaimed where place > ? order by place limit ${PAGE}`),
  }
}
