import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { ACME_ENVIRONMENT, configuredFolder } from '../main/configured-folder.js'
import { runWaybill } from '../main/waybill-here.js'

async function startWith(url: string): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const cwd = await configuredFolder({ archive: { url } })
  await mkdir(join(cwd, 'folder'))
  await writeFile(join(cwd, 'notes.txt'), 'This is no database, however long it is made. '.repeat(100))
  const waybill = runWaybill({ cwd, env: ACME_ENVIRONMENT })
  return { code: await waybill.exited, ...waybill.output }
}

test.each([
  [
    'does not answer',
    () => 'postgres://me:s3cret-word@127.0.0.1:1/waybill',
    'ECONNREFUSED',
    'Nothing answers there: check that the database runs, and check the host and port in archive.url.',
  ],
  [
    'does not exist',
    () => inject('postgresUrl').replace(/postgres$/, 'missing'),
    '3D000',
    'The server has no database of the name in archive.url: make it, or name another one.',
  ],
  [
    'refuses the password',
    () => inject('postgresUrl').replace(/:[^:@]+@/, ':another-s3cret@'),
    '28P01',
    'The database refused the user or the password in archive.url: check both.',
  ],
  [
    'lies in a missing folder',
    () => 'sqlite:missing/waybill.db',
    'ENOENT',
    'The folder in archive.url does not exist: create it, or name another one.',
  ],
  [
    'is another kind of file',
    () => 'sqlite:notes.txt',
    'SQLITE_NOTADB',
    'The file in archive.url is not an SQLite database: name another one.',
  ],
])(
  'a server does not start with a database that %s, and names the setting and what to do',
  async (_, urlOf, reason, remedy) => {
    const { code, stdout, stderr } = await startWith(urlOf())
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toBe(
      `Waybill cannot start: archive.url: The archive cannot be used (${reason}). ${remedy}\n`,
    )
  },
)

test.each([
  ['mysql://me:s3cret-word@localhost/waybill', 'the scheme "mysql:"'],
  ['postgres://me:s3cret-word@local host/waybill', 'a "postgres:" URL that cannot be read'],
])('an archive.url of another form is an error of the configuration', async (url, found) => {
  const { code, stdout, stderr } = await startWith(url)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(
    /^Waybill cannot start: the configuration has an error\.\n {2}archive\.url: expected (?:"sqlite:FILE" or )?"postgres:/,
  )
  expect(stderr.endsWith(`, found ${found}\n`)).toBe(true)
})

test('an archive.url that names a folder is an error of the configuration', async () => {
  const { code, stdout, stderr } = await startWith('sqlite:folder')
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('archive.url: expected the path of a file')
})
