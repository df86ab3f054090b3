import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import Database from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** An empty database of its own, which is removed in the end. */
export interface Place extends AsyncDisposable {
  readonly url: string
}

/** Both databases: what holds for one has to hold for the other. */
export const ENGINES = [
  { engine: 'sqlite', createPlace: createSqlitePlace, runSql: runSqliteSql },
  { engine: 'postgres', createPlace: createPostgresPlace, runSql },
] as const

async function createSqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-archive-'))
  return {
    url: `sqlite:${join(folder, 'archive.db')}`,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function createPostgresPlace(): Promise<Place> {
  const name = `archive_${randomBytes(8).toString('hex')}`
  const url = new URL(inject('postgresUrl'))
  await runSql(url.href, `create database ${name}`)
  const place = new URL(url)
  place.pathname = `/${name}`
  return {
    url: place.href,
    [Symbol.asyncDispose]: () => runSql(url.href, `drop database if exists ${name} with (force)`),
  }
}

async function runSqliteSql(url: string, statement: string): Promise<void> {
  const database = new Database(url.slice('sqlite:'.length))
  database.exec(statement)
  database.close()
}

/** Runs a statement as somebody who is no archive, and yet finds its tables. */
export async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=waybill,public' })
  await client.connect()
  await client.query(statement)
  await client.end()
}
