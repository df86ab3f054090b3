import { openArchive } from '@waybill/archive'
import { generateWacrRows } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import type { Harness } from '../server/support/harness.js'
import { emptyArchive, serve, startUpstreams } from './support/archived-server.js'
import { PATIENCE } from './support/wait.js'

const QUERY = `{
  sources { key archive { messageCount proven { from to at } rejectedCount } }
  messages(first: 1, filter: { source: { eq: "shop" } }) {
    sources { source { key } completeness warnings { code field count } gaps { from } }
  }
}`

interface Told {
  readonly archive:
    | { readonly messageCount: number; readonly proven: readonly unknown[]; readonly rejectedCount: number }
    | undefined
  readonly report: unknown
}

async function told(server: Harness): Promise<Told> {
  const { sources, messages } = (await server.ask(QUERY)).data as {
    readonly sources: readonly { readonly key: string; readonly archive: NonNullable<Told['archive']> }[]
    readonly messages: { readonly sources: readonly { readonly source: { readonly key: string } }[] }
  }
  return {
    archive: sources.find(({ key }) => key === 'shop')?.archive,
    report: messages.sources.find(({ source }) => source.key === 'shop'),
  }
}

/** Sets two rows aside, as a sync that saw them a moment from now. */
async function setAside(url: string): Promise<void> {
  const archive = await openArchive({ url })
  const lease = await archive.store.acquire('shop', 'beside', 60_000)
  if (lease === null) throw new Error('The lease is taken')
  const rejected = ['4711', null].map((upstreamId, position) => ({
    position,
    upstreamId,
    reason: 'sent_at: a time was expected',
    raw: { id: upstreamId },
  }))
  await archive.store.commit({ lease, observedAt: Date.now() + 3_600_000, messages: [], rejected })
  await archive.store.release(lease)
  await archive.close()
}

describe.each(PLACES)(
  '$engine: what an archive was compared with, and what cannot be read',
  ({ createPlace }) => {
    test('are told of the source, in reports and in metrics', async () => {
      const url = await emptyArchive(createPlace)
      await setAside(url)
      const begun = Date.now()
      const server = await serve(
        await startUpstreams({ wacr: { rows: generateWacrRows({ count: 300, seed: 1 }) } }),
        { archive: url },
      )
      await expect.poll(async () => (await told(server)).archive?.proven.length, PATIENCE).toBe(1)
      const { archive, report } = await told(server)
      expect(archive).toMatchObject({ messageCount: 300, rejectedCount: 2 })
      const [proven] = (archive?.proven ?? []) as {
        readonly from: string
        readonly to: string
        readonly at: string
      }[]
      expect(proven?.from).toBe('1970-01-01T00:00:00.000Z')
      expect(Date.parse(proven?.at ?? '')).toBeGreaterThanOrEqual(begun)
      expect(Date.parse(proven?.to ?? '')).toBeLessThan(Date.parse(proven?.at ?? ''))
      expect(report).toEqual({
        source: { key: 'shop' },
        completeness: 'UNPROVEN',
        warnings: [{ code: 'ROW_REJECTED', field: null, count: 2 }],
        gaps: [],
      })
      const metrics = (await server.get('/metrics')).text
      expect(metrics).toContain('waybill_archive_rejected_rows{source="shop"} 2\n')
      expect(metrics).toContain('waybill_archive_rejected_rows{source="octo"} 0\n')
      expect(metrics).toMatch(/waybill_archive_unproven_seconds\{source="shop"\} \d/)
      expect(metrics).not.toContain('waybill_archive_unproven_seconds{source="octo"}')
    })
  },
)
