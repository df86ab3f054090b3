import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
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
  { engine: 'sqlite', createPlace: createSqlitePlace },
  { engine: 'postgres', createPlace: createPostgresPlace },
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

/** Runs a statement as somebody who is no archive. */
export async function runSql(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
