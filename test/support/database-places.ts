import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { TEMPLATE } from './archive-template.js'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

/** A database of its own, which is removed in the end. */
export interface Place extends AsyncDisposable {
  readonly url: string
}

/** Both databases, each with a way to get one for a new archive. A project that uses them has `postgres-server.ts` as its global set-up. */
export const PLACES = [
  { engine: 'sqlite', createPlace: createSqlitePlace },
  { engine: 'postgres', createPlace: createPostgresPlace },
] as const

export async function createSqlitePlace(): Promise<Place> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-archive-'))
  return {
    url: `sqlite:${join(folder, 'archive.db')}`,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A database that has the tables of an archive already, without any row. */
export function createPostgresPlace(): Promise<Place> {
  return createDatabase(`template ${TEMPLATE} strategy file_copy`)
}

/** A database without anything in it. */
export function createEmptyPostgresPlace(): Promise<Place> {
  return createDatabase('')
}

async function createDatabase(options: string): Promise<Place> {
  const name = `archive_${randomBytes(8).toString('hex')}`
  const url = new URL(inject('postgresUrl'))
  await runSql(url.href, `create database ${name} ${options}`)
  const place = new URL(url)
  place.pathname = `/${name}`
  return {
    url: place.href,
    [Symbol.asyncDispose]: () => runSql(url.href, `drop database if exists ${name} with (force)`),
  }
}

/** Runs a statement as somebody who is no archive, and yet finds its tables. */
export async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=waybill,public' })
  await client.connect()
  await client.query(statement)
  await client.end()
}
