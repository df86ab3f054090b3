import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { ArchiveUnavailable } from '../../src/index.js'
import { ENGINES, runSql } from '../support/engines.js'
import { liveProvider } from '../support/live-provider.js'
import { message } from '../support/messages.js'
import { openFixture, SOURCE, useArchive } from '../support/open.js'
import { readPage } from '../support/read-list.js'
import { thrownBy } from '../support/thrown-by.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)('$engine: an open archive', ({ engine, createPlace }) => {
  const fixture = useArchive(createPlace)

  it('answers, and names its engine', async () => {
    expect(fixture().archive.engine).toBe(engine)
    await fixture().archive.ping()
  })

  it('lets the process do other things between two queries', async () => {
    const timer = new AbortController()
    setTimeout(() => timer.abort(), 1)
    while (!timer.signal.aborted) await fixture().archive.ping()
    expect(timer.signal.aborted).toBe(true)
  })

  it('is unavailable once it is closed, and names the source', async () => {
    const place = await createPlace()
    onTestFinished(() => place[Symbol.asyncDispose]())
    const { archive } = await openFixture(place)
    await archive.close()
    for (const attempt of [archive.ping(), storeOf(archive).span(SOURCE), archive.status(SOURCE)]) {
      await expect(attempt).rejects.toThrow(ArchiveUnavailable)
    }
    expect(await thrownBy(storeOf(archive).checkpoint(SOURCE, 'head'))).toMatchObject({ source: SOURCE })
  })
})

/** So many an archive has at most. */
const CONNECTIONS = 10

describe('a PostgreSQL server that ends all connections', () => {
  const postgres = ENGINES.find(({ engine }) => engine === 'postgres')
  if (postgres === undefined) throw new Error('There is no PostgreSQL')
  const fixture = useArchive(postgres.createPlace)

  it('ends a query of each at most, and is connected to again', async () => {
    const { archive, place, commit } = fixture()
    await commit({ messages: [message('1')] })
    const name = new URL(place.url).pathname.slice(1)
    const ended = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`
    const found = async (): Promise<number> => (await storeOf(archive).stored(SOURCE, ['1'])).size
    const ask = (times: number): Promise<PromiseSettledResult<number>[]> =>
      Promise.allSettled(Array.from({ length: times }, found))
    const asked = ask(200)
    await runSql(inject('postgresUrl'), ended)
    const meanwhile = await asked
    await runSql(inject('postgresUrl'), ended)
    // The end of a connection may be on its way when it is used once more.
    for (const result of [...meanwhile, ...(await ask(CONNECTIONS))]) {
      if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(ArchiveUnavailable)
    }
    await expect.poll(() => found().catch(() => null)).toBe(1)
  })

  it('is unavailable while it refuses connections, without a part of the URL in the error, and is used again afterwards', async () => {
    const { archive, place, commit } = fixture()
    await commit({ messages: [message('1')] })
    const { pathname, password, username, host } = new URL(place.url)
    const server = inject('postgresUrl')
    const name = pathname.slice(1)
    const source = archive.source({ id: SOURCE, provider: liveProvider(), maxStalenessMs: 0 })
    await runSql(server, `alter database ${name} allow_connections false`)
    await runSql(server, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    for (const attempt of [() => readPage(source, {}), () => source.find?.('1'), () => source.history?.()]) {
      const error = await thrownBy(Promise.resolve(attempt()))
      expect(error).toBeInstanceOf(ArchiveUnavailable)
      expect(error).toMatchObject({ code: 'ARCHIVE_UNAVAILABLE', source: SOURCE })
      for (const secret of [password, username, host, name]) expect(String(error)).not.toContain(secret)
    }
    await runSql(server, `alter database ${name} allow_connections true`)
    expect((await readPage(source, {})).messages).toHaveLength(1)
  })
})
