import { ConfigurationError } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { parseArchiveUrl } from '../../src/open/archive-url.js'

const LINUX = { isWindows: false, home: '/home/waybill/someone' }
const WINDOWS = { isWindows: true, home: String.raw`C:\Users\someone` }

function refusalOf(url: string, host = LINUX): { readonly expected: string; readonly found: string } {
  try {
    parseArchiveUrl(url, '/etc/waybill', host)
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError)
    expect(String(error)).not.toContain('s3cret')
    const [issue] = (error as ConfigurationError).issues
    return { expected: issue?.expected ?? '', found: issue?.found ?? '' }
  }
  throw new Error(`${url} was accepted`)
}

describe('the URL of an archive in SQLite', () => {
  it.each([
    ['sqlite:waybill.db', '/etc/waybill/waybill.db'],
    ['sqlite:./data/waybill.db', '/etc/waybill/data/waybill.db'],
    ['sqlite:../waybill.db', '/etc/waybill.db'],
    ['SQLITE:waybill.db', '/etc/waybill/waybill.db'],
    ['sqlite:/var/lib/waybill.db', '/var/lib/waybill.db'],
    ['sqlite:///var/lib/waybill.db', '/var/lib/waybill.db'],
    ['sqlite:////var/lib/waybill.db', '/var/lib/waybill.db'],
    ['sqlite:~/waybill.db', '/home/waybill/someone/waybill.db'],
    ['sqlite:my archive.db', '/etc/waybill/my archive.db'],
    ['sqlite:my%20archive.db', '/etc/waybill/my archive.db'],
    ['sqlite:100%25%3F.db', '/etc/waybill/100%?.db'],
    ['sqlite:%C3%A4rchive.db', '/etc/waybill/ärchive.db'],
    ['sqlite:#1.db', '/etc/waybill/#1.db'],
    ['sqlite::memory:', ':memory:'],
  ])('%s is %s', (url, path) => {
    expect(parseArchiveUrl(url, '/etc/waybill', LINUX)).toEqual({ engine: 'sqlite', path })
  })

  it.each([
    [String.raw`sqlite:C:\data\waybill.db`, String.raw`C:\data\waybill.db`],
    ['sqlite:C:/data/waybill.db', String.raw`C:\data\waybill.db`],
    ['sqlite:///C:/data/waybill.db', String.raw`C:\data\waybill.db`],
    ['sqlite:data/waybill.db', String.raw`D:\waybill\data\waybill.db`],
    ['sqlite:~/waybill.db', String.raw`C:\Users\someone\waybill.db`],
  ])('%s is %s on Windows', (url, path) => {
    expect(parseArchiveUrl(url, String.raw`D:\waybill`, WINDOWS)).toEqual({ engine: 'sqlite', path })
  })

  it.each([
    ['sqlite://waybill.db', /where a URL has its host/, /"sqlite:FILE".*"sqlite:\/\/\/FILE"/],
    ['sqlite://./waybill.db', /where a URL has its host/, /"sqlite:FILE"/],
    ['sqlite://localhost/var/lib/waybill.db', /where a URL has its host/, /"sqlite:\/\/\/FILE"/],
    ['sqlite://:memory:', /in memory/, /"sqlite::memory:"/],
    ['sqlite:///:memory:', /in memory/, /"sqlite::memory:"/],
    ['sqlite::memory', /in memory/, /"sqlite::memory:"/],
    ['sqlite::memory:?cache=shared', /in memory/, /"sqlite::memory:"/],
    ['sqlite:', /without a path/, /"sqlite:FILE"/],
    ['sqlite://', /without a path/, /"sqlite:FILE"/],
    ['sqlite:///', /without a path/, /"sqlite:FILE"/],
    ['sqlite:data/', /the path of a folder/, /the path of a file/],
    ['sqlite:.', /the path of a folder/, /the path of a file/],
    ['sqlite:..', /the path of a folder/, /the path of a file/],
    ['sqlite:data/.', /the path of a folder/, /the path of a file/],
    ['sqlite:///var/lib/..', /the path of a folder/, /the path of a file/],
    ['sqlite:/usr', /the path of a folder/, /the path of a file/],
    ['sqlite:../../usr/lib', /the path of a folder/, /the path of a file/],
    ['sqlite:waybill.db?mode=ro', /"\?"/, /without parameters/],
    ['sqlite:file:waybill.db', /"file:"/, /without "file:"/],
    ['sqlite:///file:waybill.db?mode=memory', /"file:"/, /without "file:"/],
    ['sqlite:100%.db', /"%"/, /"%25"/],
    ['sqlite:a%00.db', /NUL/, /"sqlite:FILE"/],
    ['sqlite: waybill.db', /a space/, /"sqlite:FILE"/],
    ['sqlite:waybill.db\n', /a space/, /"sqlite:FILE"/],
    ['sqlite:~', /"~"/, /home folder/],
    ['sqlite:~someone/waybill.db', /"~"/, /home folder/],
    [String.raw`sqlite:C:\data\waybill.db`, /of Windows/, /"sqlite:FILE"/],
    ['sqlite:///C:/data/waybill.db', /of Windows/, /"sqlite:FILE"/],
    [String.raw`sqlite:data\waybill.db`, /"\\"/, /"\/" between folders/],
  ])('%s is refused, with the form to write', (url, found, expected) => {
    const refusal = refusalOf(url)
    expect(refusal.found).toMatch(found)
    expect(refusal.expected).toMatch(expected)
  })
})

describe('the URL of an archive in PostgreSQL', () => {
  it.each([
    'postgres://waybill:pass%23word@db.example:5432/waybill',
    'postgresql://waybill@db.example/waybill',
    'postgres://waybill@[::1]:5432/waybill',
    'postgres://waybill:s3cret@/waybill?host=/run/postgresql&port=5433',
    'postgres:///waybill?host=/run/postgresql',
    'postgres://db.example/waybill?sslmode=verify-full&application_name=audit',
  ])('%s is taken as it is', (url) => {
    expect(parseArchiveUrl(url)).toEqual({ engine: 'postgres', url })
  })

  it.each([
    ['postgres:', /without a host/, /"localhost"/],
    ['postgres:waybill', /without a host/, /"localhost"/],
    ['postgres:/waybill', /without a host/, /"localhost"/],
    ['postgres:///waybill', /without a host/, /"localhost"/],
    ['postgresql:///waybill', /without a host/, /HOST/],
    ['postgres://waybill:s3cret@/waybill', /without a host/, /\?host=/],
    ['postgres://:5432/waybill', /cannot be read/, /HOST/],
    ['postgres://one:5432,two:5432/waybill', /several hosts/, /one host/],
    ['postgres://waybill:s3%cret@host/waybill', /percent-encoding/, /"%25"/],
    ['postgres://waybill:s3cret%E4@host/waybill', /percent-encoding/, /percent-encoded/],
    ['postgres://waybill:s3cret@host/waybill/public', /"\/"/, /DATABASE/],
    ['postgres://waybill:s3cret@host/waybill?sslmod=require', /another name/, /sslmode/],
    ['postgres://waybill:s3cret@host/waybill?schema=public', /another name/, /application_name/],
    ['postgres://host/waybill?sslmode=verify-full&sslmode=disable', /repeated/, /once/],
    ['postgres://host/waybill?ssl=false', /ssl/, /sslmode=disable/],
    ['postgres://host/waybill?port=s3cret', /another text/, /a number/],
  ])('%s is refused, with the form to write', (url, found, expected) => {
    const refusal = refusalOf(url)
    expect(refusal.found).toMatch(found)
    expect(refusal.expected).toMatch(expected)
  })
})

describe('a URL of something else', () => {
  it.each([
    ['', 'an empty text', /"sqlite:FILE"/],
    ['waybill.db', 'a text without a scheme', /"sqlite:" before its path/],
    ['./waybill.db', 'a text without a scheme', /"sqlite:" before its path/],
    ['/var/lib/waybill.db', 'a text without a scheme', /"sqlite:" before its path/],
    [String.raw`C:\data\waybill.db`, 'a text without a scheme', /"sqlite:" before its path/],
    ['file:///var/lib/waybill.db', 'the scheme "file:"', /"sqlite:" in place of "file:"/],
    ['sqlite3:waybill.db', 'the scheme "sqlite3:"', /"sqlite:" in place of "sqlite3:"/],
    ['mysql://root:s3cret@db/waybill', 'the scheme "mysql:"', /"postgres:\/\//],
    ['jdbc:postgresql://host/waybill', 'the scheme "jdbc:"', /"postgres:\/\//],
  ])('is refused, with the form to write: %s', (url, found, expected) => {
    const refusal = refusalOf(url)
    expect(refusal.found).toBe(found)
    expect(refusal.expected).toMatch(expected)
  })
})
