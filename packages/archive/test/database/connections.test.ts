import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { ArchiveUnavailable } from '../../src/index.js'
import { ENGINES, runSql } from '../support/engines.js'
import { message } from '../support/messages.js'
import { openFixture, SOURCE, useArchive } from '../support/open.js'
import { thrownBy } from '../support/thrown-by.js'

describe.each(ENGINES)('$engine: an open archive', ({ engine, createPlace }) => {
  const fixture = useArchive(createPlace)

  it('answers, and says what it is', async () => {
    expect(fixture().archive.engine).toBe(engine)
    await fixture().archive.ping()
  })

  it('lets the process do other things between two queries', async () => {
    const timer = new AbortController()
    setTimeout(() => timer.abort(), 1)
    while (!timer.signal.aborted) await fixture().archive.ping()
    expect(timer.signal.aborted).toBe(true)
  })

  it('is unavailable once it is closed, and says for which source', async () => {
    const place = await createPlace()
    onTestFinished(() => place[Symbol.asyncDispose]())
    const { archive } = await openFixture(place)
    await archive.close()
    for (const attempt of [archive.ping(), archive.store.span(SOURCE), archive.status(SOURCE)]) {
      await expect(attempt).rejects.toThrow(ArchiveUnavailable)
    }
    expect(await thrownBy(archive.store.checkpoint(SOURCE, 'head'))).toMatchObject({ source: SOURCE })
  })
})

describe('a PostgreSQL server that ends all connections', () => {
  const postgres = ENGINES.find(({ engine }) => engine === 'postgres')
  if (postgres === undefined) throw new Error('There is no PostgreSQL')
  const fixture = useArchive(postgres.createPlace)

  it('ends a query at most, and is connected to again', async () => {
    const { archive, place, commit } = fixture()
    await commit({ messages: [message('1')] })
    const name = new URL(place.url).pathname.slice(1)
    const ended = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`
    const asking = Promise.allSettled(Array.from({ length: 200 }, () => archive.store.stored(SOURCE, ['1'])))
    await runSql(inject('postgresUrl'), ended)
    for (const result of await asking) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ArchiveUnavailable)
    }
    await runSql(inject('postgresUrl'), ended)
    expect((await archive.store.stored(SOURCE, ['1'])).size).toBe(1)
  })
})
