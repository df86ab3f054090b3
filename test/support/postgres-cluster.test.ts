import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, it, onTestFinished } from 'vitest'
import { startPostgres } from './postgres-cluster.js'

it('PostgreSQL starts where only the user of the tests may enter the folder for temporary files', async () => {
  const closed = await mkdtemp(join(tmpdir(), 'waybill-closed-'))
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = closed
  onTestFinished(async () => {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
    await rm(closed, { recursive: true })
  })
  await using cluster = await startPostgres()
  const client = new pg.Client({ connectionString: cluster.url })
  await client.connect()
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  await client.end()
})
