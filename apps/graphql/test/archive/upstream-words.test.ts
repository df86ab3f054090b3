import { expect, test } from 'vitest'
import { createSqlitePlace } from '../../../../test/support/database-places.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

const WORDS = 'Recipient +49 (30) 231-25380 said: Anna, the code is 4829'
const PRIVATE = /Anna|25380|4829/
const SYNC = { minPollSeconds: 0.2, maxPollSeconds: 0.5, maxStalenessSeconds: 5 }

test.each([
  [undefined, undefined],
  [false, undefined],
  [true, 'Recipient [number] said: Anna, the code is [number]'],
])(
  'with upstreamWords %s the log of the server has the words %j, and no client ever has them',
  async (upstreamWords, logged) => {
    const upstreams = await startUpstreams()
    upstreams.wacr.faults.when(() => true, {
      kind: 'status',
      status: 422,
      body: { error: { code: 'Anna', message: WORDS } },
    })
    const section = { sync: SYNC, ...(upstreamWords !== undefined && { upstreamWords }) }
    const server = await serve(upstreams, { archive: await emptyArchive(createSqlitePlace), section })
    const failures = (): unknown[] =>
      server.log.filter(({ level, source }) => level === 'warn' && source === 'shop')
    await expect.poll(() => failures().length, PATIENCE).toBeGreaterThan(0)
    expect(failures()[0]).toMatchObject({ code: 'UPSTREAM_REJECTED' })
    expect((failures()[0] as { upstreamWords?: string }).upstreamWords).toBe(logged)
    if (logged === undefined) expect(JSON.stringify(server.log)).not.toMatch(PRIVATE)

    const { text } = await server.ask('{ sources { key archive { lastError { code message } } } }')
    expect(text).toContain('rejected the request (HTTP 422)')
    expect(text).not.toMatch(PRIVATE)
  },
)

test('an error of a live source shows a client only code and status', async () => {
  const upstreams = await startUpstreams()
  upstreams.wacr.faults.when(() => true, { kind: 'status', status: 422, body: { message: WORDS } })
  const server = await serve(upstreams, { section: { upstreamWords: true } })
  const { text } = await server.ask('{ messages { nodes { id } } }')
  expect(text).toContain('rejected the request (HTTP 422)')
  expect(text).not.toMatch(PRIVATE)
})
