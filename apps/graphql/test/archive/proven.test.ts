import { generateWacrRows } from '@waybill/emulators'
import { describe, expect, test } from 'vitest'
import { PLACES } from '../../../../test/support/database-places.js'
import { changeLists, type SentItem } from '../../../../test/support/lies.js'
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

describe.each(PLACES)(
  '$engine: what an archive was compared with, and what cannot be read',
  ({ createPlace }) => {
    test('are shown for the source, in reports and in metrics', async () => {
      const begun = Date.now()
      const rows = generateWacrRows({ count: 302, seed: 1, firstId: 1 })
      const upstreams = await startUpstreams({ wacr: { rows } })
      changeLists(upstreams.wacr, (list) => ({ ...list, data: list.data.map(spoil) }))
      const server = await serve(upstreams, { archive: await emptyArchive(createPlace) })
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

/** Makes two rows unreadable: one without a time, one without an id. */
function spoil(item: SentItem): SentItem {
  if (item['id'] === 150) return { ...item, sent_at: 'yesterday' }
  return item['id'] === 151 ? { ...item, id: null } : item
}
