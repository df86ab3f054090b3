import { plainOctopodsRow, plainWacrRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams, type Upstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

/** Nothing is polled again by itself while a test runs, and everything is too old for a reader. */
const SELDOM = { sync: { minPollSeconds: 600, maxPollSeconds: 600, maxStalenessSeconds: 0.001 } }

const QUERY = '{ messages { totalCount sources { source { key } outcome completeness } } }'

async function startQuiet(archive: string): Promise<{ server: Harness; upstreams: Upstreams }> {
  const upstreams = await startUpstreams({
    octopods: { rows: [plainOctopodsRow(1)] },
    wacr: { rows: [plainWacrRow(1)] },
  })
  const server = await serve(upstreams, { archive, section: SELDOM })
  await expect.poll(() => countOf(server), PATIENCE).toBe(2)
  return { server, upstreams }
}

async function countOf(server: Harness): Promise<unknown> {
  const { data } = await server.ask(QUERY)
  return (data as { messages: { totalCount: number } } | null)?.messages.totalCount
}

function arrive({ octopods, wacr }: Upstreams): void {
  octopods.table.insert(plainOctopodsRow(octopods.table.nextId()))
  wacr.table.insert(plainWacrRow(wacr.table.nextId()))
}

describe.each(PLACES)('$engine: a reader of what is older than it should be', ({ createPlace }) => {
  test('waits for news, one poll for all who wait', async () => {
    const { server, upstreams } = await startQuiet(await emptyArchive(createPlace))
    arrive(upstreams)
    const before = upstreams.octopods.log.length
    const counts = await Promise.all(Array.from({ length: 10 }, () => countOf(server)))
    expect(counts).toEqual(counts.map(() => 4))
    expect(upstreams.octopods.log.length - before).toBeLessThan(counts.length)
  })

  test.each([
    ['hangs', { kind: 'hang' }],
    ['fails', { kind: 'status', status: 500 }],
    ['refuses the credentials', { kind: 'status', status: 401 }],
  ] as const)('gets what is there when an upstream %s, and never an error', async (_, fault) => {
    const { server, upstreams } = await startQuiet(await emptyArchive(createPlace))
    upstreams.octopods.faults.when(() => true, fault)
    arrive(upstreams)
    const { data, errors } = await server.ask(QUERY)
    expect(errors).toEqual([])
    expect(data).toMatchObject({
      messages: {
        totalCount: 3,
        sources: [
          { source: { key: 'octo' }, outcome: 'OK' },
          { source: { key: 'shop' }, outcome: 'OK' },
        ],
      },
    })
    upstreams.octopods.faults.clear()
  })
})
