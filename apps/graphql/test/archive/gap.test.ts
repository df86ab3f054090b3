import { generateOctopodsRows, plainOctopodsRow } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

const BURST = 250
const WINDOW = 100

const STATUS = `{
  sources { key archive { messageCount lastSyncedAt gaps { from to } coverage { from to } } }
  messages(first: 1, filter: { source: { eq: "octo" } }) { sources { source { key } completeness gaps { from to } } }
}`

const SINCE = `query ($since: DateTime!) {
  messages(filter: { source: { eq: "octo" }, sentAt: { gt: $since } }) {
    totalCount
    sources { completeness gaps { from to } }
  }
}`

interface Status {
  readonly archive: {
    readonly messageCount: number
    readonly lastSyncedAt: string | null
    readonly gaps: unknown
  }
  readonly report: unknown
}

async function statusOf(server: Harness): Promise<Status> {
  const { data } = await server.ask(STATUS)
  const { sources, messages } = data as {
    sources: { key: string; archive: Status['archive'] }[]
    messages: { sources: { source: { key: string } }[] }
  }
  const archive = sources.find(({ key }) => key === 'octo')?.archive
  const report = messages.sources.find(({ source }) => source.key === 'octo')
  if (archive === undefined) throw new Error('There is no source octo')
  return { archive, report }
}

describe.each(PLACES)(
  '$engine: a burst of 250 messages between two polls of a window of 100',
  ({ createPlace }) => {
    test('is exactly one gap, with the same bounds everywhere', async () => {
      const begun = Math.floor(Date.now() / 1000) * 1000
      const rows = generateOctopodsRows({ count: 120, seed: 1, endAt: begun - 3_600_000, spanMs: 3_600_000 })
      const upstreams = await startUpstreams({ octopods: { rows } })
      const { table } = upstreams.octopods
      const server = await serve(upstreams, { archive: await emptyArchive(createPlace) })
      await expect.poll(async () => (await statusOf(server)).archive.messageCount, PATIENCE).toBe(WINDOW)
      const newestKnown = Math.max(...rows.map(({ createdAt }) => createdAt))

      // All within one turn of the event loop, so that no poll can come between.
      const burst = Array.from({ length: BURST }, (_, index) =>
        plainOctopodsRow(table.nextId() + index, { createdAt: begun - (BURST - index) * 1000 }),
      )
      for (const row of burst) table.insert(row)

      await expect.poll(async () => (await statusOf(server)).archive.messageCount, PATIENCE).toBe(WINDOW * 2)
      const oldestListed = burst.at(-WINDOW)?.createdAt ?? 0
      const gaps = [{ from: new Date(newestKnown).toISOString(), to: new Date(oldestListed).toISOString() }]
      const { archive, report } = await statusOf(server)
      expect(archive.gaps).toEqual(gaps)
      expect(report).toEqual({ source: { key: 'octo' }, completeness: 'HAS_GAPS', gaps })

      const warnings = server.log.filter(({ level }) => level === 'warn')
      expect(warnings).toEqual([
        expect.objectContaining({
          message: expect.stringMatching(/may be missing/),
          source: 'octo',
          ...gaps[0],
        }),
      ])
      const metrics = (await server.get('/metrics')).text
      expect(metrics).toContain('waybill_archive_gaps{source="octo"} 1\n')
      expect(metrics).toContain('waybill_archive_gaps{source="shop"} 0\n')
      expect(metrics).toContain('waybill_sync_gaps_total{source="octo"} 1\n')

      // What was asked for behind the gap is complete.
      const behind = await server.ask(SINCE, { since: gaps[0]?.to })
      const whole = { completeness: 'COMPLETE', gaps: [] }
      expect(behind.data).toEqual({ messages: { totalCount: WINDOW - 1, sources: [whole, whole] } })

      // It is never closed by assumption, nor found a second time.
      const polled = archive.lastSyncedAt
      await expect.poll(async () => (await statusOf(server)).archive.lastSyncedAt, PATIENCE).not.toBe(polled)
      expect((await statusOf(server)).archive.gaps).toEqual(gaps)
    })
  },
)
