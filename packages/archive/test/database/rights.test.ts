import { randomBytes } from 'node:crypto'
import { describe, expect, inject, it, onTestFinished } from 'vitest'
import { openArchive } from '../../src/index.js'
import { ENGINES, runSql } from '../support/engines.js'
import { thrownBy } from '../support/thrown-by.js'

const [, { createEmptyPlace }] = ENGINES

/** The URL of a user of another's archive who has none but the given rights; `%` stands for the user and `@` for the database. */
async function restricted(...rights: string[]): Promise<string> {
  const { url: others } = await createEmptyPlace()
  const role = `reader_${randomBytes(6).toString('hex')}`
  const url = new URL(others)
  const database = url.pathname.slice(1)
  await (await openArchive({ url: others })).close()
  await runSql(others, `create role ${role} login password 'restricted-s3cret'`)
  for (const right of rights) await runSql(others, right.replace('%', role).replace('@', database))
  onTestFinished(async () => {
    await runSql(inject('postgresUrl'), `drop database if exists ${database} with (force)`)
    await runSql(inject('postgresUrl'), `drop role ${role}`)
  })
  url.username = role
  url.password = 'restricted-s3cret'
  return url.href
}

const ON_DATABASE = 'grant create on database @ to %'
const ON_SCHEMA = 'grant usage, create on schema waybill to %'

describe('a user of PostgreSQL who lacks a right', () => {
  it.each([
    ['to create schemas', [], /may not create schemas in its database: let it \(GRANT CREATE ON DATABASE/],
    [
      'to the schema',
      [ON_DATABASE],
      /may not create tables in a schema of the archive, or not use it: let it own/,
    ],
    ['to the tables', [ON_DATABASE, ON_SCHEMA], /may not use the tables of the archive: let it own/],
  ])('is told which, and what to do, without a name: %s', async (_, rights, told) => {
    const own = await restricted(...rights)
    const error = await thrownBy(openArchive({ url: own }))
    expect(error).toMatchObject({ code: 'ARCHIVE_UNAVAILABLE' })
    expect(String(error)).toContain('(42501)')
    expect(String(error)).toMatch(told)
    for (const secret of ['reader_', 's3cret', new URL(own).pathname.slice(1)]) {
      expect(String(error)).not.toContain(secret)
    }
  })
})
