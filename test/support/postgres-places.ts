import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { TEMPLATE } from './archive-template.js'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** A database of a test's own, which is given back in the end. */
export interface Place extends AsyncDisposable {
  readonly url: string
}

/** Archives without a row that no test uses now: making a database takes ten times as long as emptying one. */
const idle: string[] = []

/** A database that has the tables of an archive already, without any row. */
export async function createPostgresPlace(): Promise<Place> {
  const name = idle.pop() ?? (await createDatabase(`template ${TEMPLATE} strategy file_copy`))
  return { url: urlOf(name), [Symbol.asyncDispose]: () => giveBack(name) }
}

/** A database without anything in it. */
export async function createEmptyPostgresPlace(): Promise<Place> {
  const name = await createDatabase()
  return { url: urlOf(name), [Symbol.asyncDispose]: () => drop(name) }
}

/** Runs a statement as somebody who is no archive, and yet finds its tables. */
export async function runSql(url: string, statement: string): Promise<void> {
  await query(url, statement)
}

/** @returns the rows of the last statement */
async function query(url: string, statements: string): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=waybill,public' })
  await client.connect()
  try {
    const results = [await client.query(statements)].flat()
    return results.at(-1)?.rows ?? []
  } finally {
    await client.end()
  }
}

async function createDatabase(options = ''): Promise<string> {
  const name = newName()
  await runSql(inject('postgresUrl'), `create database ${name} ${options}`)
  return name
}

async function drop(name: string): Promise<void> {
  await runSql(inject('postgresUrl'), `drop database if exists ${name} with (force)`)
}

/** Empties a database for the next test, under another name: nobody who knew it comes back to it. */
async function giveBack(name: string): Promise<void> {
  const next = newName()
  await runSql(
    inject('postgresUrl'),
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}';
     alter database ${name} rename to ${next}`,
  )
  const [found] = await query(urlOf(next), EMPTY)
  if ((found as { readonly reusable: boolean }).reusable) idle.push(next)
  else await drop(next)
}

/** What a test may have written; the other tables say which version of the schema it is. */
const EMPTY = `
set session_replication_role = replica;
do $$
declare
  each record;
begin
  for each in
    select schemaname, tablename from pg_tables
    where schemaname in ('waybill', 'waybill_queue')
      and tablename not in ('kysely_migration', 'kysely_migration_lock', 'version')
  loop
    execute format('delete from %I.%I', each.schemaname, each.tablename);
  end loop;
  perform setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) from pg_sequences;
end
$$;
-- One that has grown large stays large, and one without tables was not an archive any more.
select pg_database_size(current_database()) < 16 * 1024 * 1024
  and to_regclass('waybill.messages') is not null as reusable`

function urlOf(name: string): string {
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return url.href
}

function newName(): string {
  return `archive_${randomBytes(8).toString('hex')}`
}
