import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPostgresPlace, type Place } from './postgres-places.js'

export { createEmptyPostgresPlace, createPostgresPlace, type Place, runSql } from './postgres-places.js'

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
