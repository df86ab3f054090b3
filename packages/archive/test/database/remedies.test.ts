import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, inject, it } from 'vitest'
import { openArchive } from '../../src/index.js'
import { toUnavailable } from '../../src/database/unavailable.js'
import { thrownBy } from '../support/thrown-by.js'

function withQuery(query: string): string {
  return `${inject('postgresUrl')}?${query}`
}

describe('an archive.url that asks for TLS', () => {
  it.each(['sslmode=require', 'sslmode=prefer', 'sslmode=verify-full', 'sslmode=no-verify', 'ssl=true'])(
    'of a server that offers none says so: %s',
    async (query) => {
      const error = await thrownBy(openArchive({ url: withQuery(query) }))
      expect(String(error)).toContain('(NO_TLS). Its server offers no TLS, which archive.url asks for')
    },
  )

  it('does without what the driver has to say about its next version', async () => {
    const warnings: Error[] = []
    const listen = (warning: Error): void => void warnings.push(warning)
    process.on('warning', listen)
    try {
      for (const mode of ['prefer', 'require', 'verify-ca']) {
        await thrownBy(openArchive({ url: withQuery(`application_name=x&sslmode=${mode}`) }))
      }
      await new Promise((resolve) => setImmediate(resolve))
    } finally {
      process.off('warning', listen)
    }
    expect(warnings).toEqual([])
  })

  it.each(['sslrootcert=/missing/ca.pem', 'sslcert=/missing/my.crt', 'sslrootcert=/'])(
    'and names a file that cannot be read says so, without its path: %s',
    async (query) => {
      const error = await thrownBy(openArchive({ url: withQuery(query) }))
      expect(String(error)).toMatch(/\(NO_TLS_FILE\)\. A file that archive\.url names \(sslrootcert, /)
      expect(String(error)).not.toContain('missing')
    },
  )

  it('uses no encryption where the URL has sslmode=disable', async () => {
    const archive = await openArchive({ url: withQuery('sslmode=disable') })
    await expect(archive.ping()).resolves.toBeUndefined()
    await archive.close()
  })
})

describe('a server that breaks its connections', () => {
  it('is not taken for a file that cannot be read', async () => {
    const server = createServer((socket) => void socket.once('data', () => socket.resetAndDestroy()))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    const { port } = server.address() as AddressInfo
    const error = await thrownBy(openArchive({ url: `postgres://me:s3cret@127.0.0.1:${port}/archive` }))
    server.close()
    expect(String(error)).toContain('(ECONNRESET). The connection broke')
  })
})

describe('what the database, its driver or the system fails with', () => {
  it.each([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', /not signed by a trusted authority: .*sslrootcert=FILE/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /write the host in archive\.url as the certificate does/],
    ['CERT_HAS_EXPIRED', /renew it/],
    ['57P01', /wait until it is/],
    ['57P03', /wait until it is/],
    ['28000', /pg_hba\.conf/],
    ['0A000', /pg_trgm/],
    ['XX000', /Check that its database exists/],
  ])('%s says what to do about it', (code, remedy) => {
    const error = toUnavailable(Object.assign(new Error('s3cret at 10.0.0.1'), { code }))
    expect(String(error)).toMatch(remedy)
    expect(String(error)).toContain(`(${code})`)
    expect(String(error)).not.toMatch(/s3cret|10\.0\.0\.1/)
  })
})

describe('a code that SQLite has many kinds of', () => {
  it.each([
    ['SQLITE_IOERR_WRITE', 'a quota or a limit on the size of files'],
    ['SQLITE_IOERR_FSYNC', 'The disk of the database fails'],
    ['SQLITE_BUSY_SNAPSHOT', 'Another program has locked its file'],
    ['SQLITE_CORRUPT_INDEX', 'The file of the database is damaged'],
    ['SQLITE_READONLY_DIRECTORY', 'may not be written'],
    ['SQLITE_CANTOPEN_ISDIR', 'cannot be opened'],
    ['SQLITE_NEW_KIND', 'Check that its database exists'],
  ])('%s has the remedy of the error', (code, remedy) => {
    expect(String(toUnavailable(Object.assign(new Error('x'), { code })))).toContain(remedy)
  })
})
