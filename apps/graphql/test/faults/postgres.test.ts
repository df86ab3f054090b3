import { generateOctopodsRows, plainOctopodsRow } from '@waybill/emulators'
import { expect, inject, test } from 'vitest'
import { createPostgresPlace, runSql } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from '../archive/support/archived-server.js'
import { PATIENCE } from '../archive/support/wait.js'

const STORED = 20

interface Trouble {
  readonly name: string
  /** What an administrator does to the database of this name, reached at `url`; `mend` undoes it. */
  readonly begin: (database: string, url: string) => Promise<void>
  readonly mend: (database: string, url: string) => Promise<void>
  /** Whether what is stored can be read meanwhile. */
  readonly isRead: boolean
  /** What the log says. */
  readonly logged: RegExp
}

const admin = (statement: string): Promise<void> => runSql(inject('postgresUrl'), statement)
const disconnect = (database: string): Promise<void> =>
  admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`)

const TROUBLES: readonly Trouble[] = [
  {
    name: 'a restart',
    begin: async (database) => {
      await admin(`alter database ${database} allow_connections false`)
      await disconnect(database)
    },
    mend: (database) => admin(`alter database ${database} allow_connections true`),
    isRead: false,
    logged: /The archive cannot be used/,
  },
  {
    name: 'a failover to a server that is still read-only',
    begin: async (database) => {
      await admin(`alter database ${database} set default_transaction_read_only = on`)
      await disconnect(database)
    },
    mend: async (database) => {
      await admin(`alter database ${database} reset default_transaction_read_only`)
      await disconnect(database)
    },
    isRead: true,
    logged: /\(25006\)\. The database takes no writes/,
  },
  {
    name: 'a full disk',
    begin: (_, url) =>
      runSql(
        url,
        `create function waybill.no_space() returns trigger language plpgsql as
           $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$;
         create trigger no_space before insert on waybill.messages execute function waybill.no_space()`,
      ),
    mend: (_, url) => runSql(url, 'drop function waybill.no_space cascade'),
    isRead: true,
    logged: /\(53100\)\. The disk of the database is full: free some space\./,
  },
]

test.each(TROUBLES)(
  'PostgreSQL survives $name: what is stored is read as far as it can be, and nothing is lost',
  async ({ begin, mend, isRead, logged }) => {
    const upstreams = await startUpstreams({
      octopods: { rows: generateOctopodsRows({ count: STORED, seed: 1 }) },
    })
    const url = await emptyArchive(createPostgresPlace)
    const database = new URL(url).pathname.slice(1)
    const server = await serve(upstreams, { archive: url })
    const total = async (): Promise<unknown> => {
      const { data, errors } = await server.ask('{ messages(first: 1) { totalCount } }')
      const code = errors[0]?.extensions['code']
      return code ?? (data?.['messages'] as { readonly totalCount: number } | undefined)?.totalCount
    }
    await expect.poll(total, PATIENCE).toBe(STORED)

    await begin(database, url)
    try {
      const { table } = upstreams.octopods
      table.insert(plainOctopodsRow(table.nextId(), { createdAt: Date.now() }))
      if (!isRead) await expect.poll(async () => (await server.get('/readyz')).status, PATIENCE).toBe(503)
      const told = (): string =>
        server.log.map(({ message, error }) => `${message} ${JSON.stringify(error ?? '')}`).join('\n')
      await expect.poll(told, PATIENCE).toMatch(logged)
      expect(await total()).toBe(isRead ? STORED : 'ARCHIVE_UNAVAILABLE')
      expect((await server.get('/healthz')).status).toBe(200)
    } finally {
      await mend(database, url)
    }

    await expect.poll(total, PATIENCE).toBe(STORED + 1)
    expect((await server.get('/readyz')).status).toBe(200)
  },
)
