import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConfigurationError } from '@waybill/core'
import pg from 'pg'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { ArchiveUnavailable, openArchive } from '../../src/index.js'
import { runSql } from '../support/engines.js'
import { thrownBy } from '../support/thrown-by.js'

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'waybill-open-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

describe('a URL', () => {
  it.each([
    ['waybill.db', 'a text without a scheme'],
    ['sqlite:.', 'the path of a folder'],
    ['mysql://root:s3cret@db/waybill', 'the scheme "mysql:"'],
    ['postgres://user:s3cret@:port/db', 'a "postgres:" URL that cannot be read'],
    ['postgres://user:p@s3cret#word@host/db', 'a "#", "/" or "@" too many in a "postgres:" URL'],
    ['postgres://user:p@/s3cret@host/db', 'a "#", "/" or "@" too many in a "postgres:" URL'],
    ['postgres://user:p@s3cret/word@host/db', 'a "#", "/" or "@" too many in a "postgres:" URL'],
    ['postgres://user:s3cret@host/db?sslmode=s3cret', 'another text'],
  ])('that cannot be used is a mistake in the configuration: %s', async (url, found) => {
    const error = await thrownBy(openArchive({ url }))
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(error).toMatchObject({ issues: [{ path: ['url'], found }] })
    expect(String(error)).not.toContain('s3cret')
  })

  it('names a file, relative to the folder that is given', async () => {
    const folder = await temporaryFolder()
    await (await openArchive({ url: 'sqlite:./waybill.db', folder })).close()
    const again = await openArchive({ url: `sqlite://${join(folder, 'waybill.db')}` })
    expect(again.engine).toBe('sqlite')
    await again.ping()
    await again.close()
  })

  it('makes files that others on the machine cannot read', async () => {
    const folder = await temporaryFolder()
    const archive = await openArchive({ url: 'sqlite:waybill.db', folder })
    await archive.ping()
    const names = (await readdir(folder)).toSorted()
    const modes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).mode & 0o777))
    await archive.close()
    expect(names).toEqual(['waybill.db', 'waybill.db-shm', 'waybill.db-wal'])
    expect(modes).toEqual([0o600, 0o600, 0o600])
  })
})

describe('a URL of a server on this machine', () => {
  it('may name the folder of its socket in place of a host', async () => {
    const { username, password, port } = new URL(inject('postgresUrl'))
    const client = new pg.Client(inject('postgresUrl'))
    await client.connect()
    const { rows } = await client.query<{ folder: string }>(
      `select split_part(current_setting('unix_socket_directories'), ',', 1) as folder`,
    )
    await client.end()
    const socket = `host=${rows[0]?.folder ?? ''}&port=${port}`
    const archive = await openArchive({ url: `postgres://${username}:${password}@/postgres?${socket}` })
    await expect(archive.ping()).resolves.toBeUndefined()
    await archive.close()
  })
})

describe('a database that cannot be had', () => {
  it.each([
    ['a folder that is not there', 'sqlite:missing/folder/waybill.db'],
    ['a file that is no database', 'sqlite:text.db'],
  ])('is ARCHIVE_UNAVAILABLE, without a path: %s', async (_, url) => {
    const folder = await temporaryFolder()
    await writeFile(join(folder, 'text.db'), 'This is no database.'.repeat(100))
    const error = await thrownBy(openArchive({ url, folder }))
    expect(error).toBeInstanceOf(ArchiveUnavailable)
    expect(String(error)).not.toContain(folder)
    expect(String(error)).not.toContain('missing')
  })

  it('is ARCHIVE_UNAVAILABLE, without a host, user or password: a server', async () => {
    const url = new URL(inject('postgresUrl'))
    const wrong = ['postgres://someone:s3cret@127.0.0.1:1/db', url.href.replace(url.password, 's3cret')]
    for (const each of wrong) {
      const error = await thrownBy(openArchive({ url: each }))
      expect(error).toBeInstanceOf(ArchiveUnavailable)
      expect(String(error)).toMatch(/ECONNREFUSED|28P01/)
      expect(String(error)).not.toMatch(/s3cret|127\.0\.0\.1|someone/)
    }
  })

  it('is ARCHIVE_UNAVAILABLE in another encoding', async () => {
    const url = new URL(inject('postgresUrl'))
    await runSql(url.href, `create database latin encoding 'LATIN1' locale 'C' template template0`)
    url.pathname = '/latin'
    await expect(openArchive({ url: url.href })).rejects.toThrow('Make one with the encoding UTF8')
  })
})

it.each([[], [null], [{}], [{ url: 5 }], ['sqlite:waybill.db']])(
  'what is called from plain JavaScript with anything else is refused in words: %j',
  async (...args: readonly unknown[]) => {
    const error = await thrownBy(Reflect.apply(openArchive, undefined, args) as Promise<unknown>)
    expect(error).toBeInstanceOf(TypeError)
    expect(String(error)).toContain('openArchive takes { url, folder }')
  },
)
