import { setTimeout as wait } from 'node:timers/promises'
import type { MessageProvider } from '@waybill/core'
import { sql } from 'kysely'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { severable, type Severable } from '../../../../test/support/severable.js'
import type { ArchiveDatabase } from '../../src/database/archive-database.js'
import { migrate } from '../../src/database/migrations/migrate.js'
import { openPostgres } from '../../src/database/postgres/open-postgres.js'
import { ArchiveUnavailable } from '../../src/index.js'
import { createArchivedSource } from '../../src/source/archived-source.js'
import { createStore } from '../../src/store/create-store.js'
import { ENGINES } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { openFixture, SOURCE } from '../support/open.js'
import { readPage } from '../support/read-list.js'
import { thrownBy } from '../support/thrown-by.js'

const [, { createPlace }] = ENGINES
const CONNECTIONS = 10

interface Hurried {
  readonly source: MessageProvider
  readonly database: ArchiveDatabase
  readonly way: Severable
  /** The database's URL by another way. */
  readonly url: string
}

/** An archive of one message, over connections that can be silenced, with little patience. */
async function openHurried(deadlineMs: number): Promise<Hurried> {
  const place = await createPlace()
  onTestFinished(() => place[Symbol.asyncDispose]())
  const { archive, commit } = await openFixture(place)
  await commit({ messages: [message('1')] })
  await archive.close()
  const way = await severable(place.url)
  const database = await openPostgres(way.url, deadlineMs)
  onTestFinished(() => database.close())
  const options = { id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 }
  return {
    source: createArchivedSource(database, createStore(database), options),
    database,
    way,
    url: place.url,
  }
}

/** Keeps everybody from reading messages for a while. */
async function lockMessages(url: string): Promise<{ release(): Promise<void> }> {
  const database = await openPostgres(url)
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
  const done = database.db.transaction().execute(async (transaction) => {
    await sql`lock table waybill.messages in access exclusive mode`.execute(transaction)
    isLocked()
    await released
  })
  await locked
  return {
    release: async () => {
      release()
      await done
      await database.close()
    },
  }
}

async function waitingQueries({ database }: Hurried): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)
  return rows[0]?.count ?? Number.NaN
}

describe('a query on PostgreSQL', () => {
  it('ends when its connection no longer answers, and the next one has another connection', async () => {
    const { source, way } = await openHurried(500)
    const many = (): Promise<unknown>[] => Array.from({ length: CONNECTIONS }, () => readPage(source, {}))
    await Promise.all(many())
    way.freeze()
    const late = await Promise.all(many().map(thrownBy))
    for (const error of late) {
      expect(error).toBeInstanceOf(ArchiveUnavailable)
      expect(error).toMatchObject({
        code: 'ARCHIVE_UNAVAILABLE',
        source: SOURCE,
        message: expect.stringMatching(/did not answer in time\. Try again/) as string,
      })
    }
    await Promise.all(many())
  })

  it('ends where it takes too long, in the database as well, and its connection is kept', async () => {
    const hurried = await openHurried(500)
    const lock = await lockMessages(hurried.url)
    expect(await thrownBy(readPage(hurried.source, {}))).toMatchObject({
      code: 'ARCHIVE_UNAVAILABLE',
      message: expect.stringContaining('did not answer in time') as string,
    })
    expect(await waitingQueries(hurried)).toBe(0)
    await lock.release()
    expect((await readPage(hurried.source, {})).messages).toHaveLength(1)
  })

  it('is left at once by who goes away, ends in the database as well, and is not spoken of', async () => {
    const hurried = await openHurried(60_000)
    const said = vi.spyOn(console, 'error')
    onTestFinished(() => said.mockRestore())
    const lock = await lockMessages(hurried.url)
    const reason = new Error('Nobody waits any more')
    const leaving = new AbortController()
    const answer = thrownBy(readPage(hurried.source, {}, null, 500, leaving.signal))
    await expect.poll(() => waitingQueries(hurried)).toBe(1)
    leaving.abort(reason)
    expect(await answer).toBe(reason)
    await expect.poll(() => waitingQueries(hurried)).toBe(0)
    await lock.release()
    expect(said).not.toHaveBeenCalled()
  })

  it('may take as long as it takes where the tables are brought up to date', async () => {
    const { database, url } = await openHurried(300)
    const other = await openPostgres(url)
    onTestFinished(() => other.close())
    const { promise: released, resolve: release } = Promise.withResolvers<void>()
    const { promise: locked, resolve: isLocked } = Promise.withResolvers<void>()
    const migrating = other.db.transaction().execute(async (transaction) => {
      await other.dialect.lockMigrations(transaction)
      isLocked()
      await released
    })
    await locked
    const migrated = migrate(database)
    expect(await Promise.race([migrated, wait(1500, 'still waiting')])).toBe('still waiting')
    release()
    await Promise.all([migrating, migrated])
  })
})
