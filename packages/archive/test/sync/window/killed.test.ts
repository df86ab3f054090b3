import { setTimeout as delay } from 'node:timers/promises'
import type { OctopodsEmulator } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { octoRow } from '../../support/octo-rows.js'
import { openOwn } from '../../support/own-archive.js'
import { startSyncProcess } from '../../support/processes.js'
import { seeded } from '../../support/traffic.js'
import { startOcto } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const KILLS = Number(process.env['WAYBILL_KILLS'] ?? 4)
/** Three rounds of them fit into a window by far: whatever is missing then was lost here. */
const ROWS_A_ROUND = 20
const EVERYTHING = { from: 0, to: Number.MAX_SAFE_INTEGER }

describe.each(ENGINES)(
  '$engine: a process that follows a window and is killed at any instant',
  ({ createPlace }) => {
    it(`loses nothing, repeats nothing and invents no gap, after ${KILLS} times`, async () => {
      const { archive, url } = await openOwn(createPlace)
      const { emulator, source } = await startOcto()
      const { url: baseUrl, settings } = emulator
      const upstreams = [{ id: 'octo', kind: 'octo', baseUrl, credential: settings.apiKey }] as const
      const random = seeded(5)
      for (let kill = 1; kill <= KILLS; kill += 1) {
        live(emulator)
        const child = await startSyncProcess({ url, upstreams, pollMs: 100, leaseTtlMs: 400 })
        child.begin()
        await child.did(kill % 3)
        await delay(random() * 150)
        await child.kill()
        expect(child.errors()).toBe('')
      }
      const sync = createSync({ archive, sources: [source] })
      expect(await sync.once()).toMatchObject([{ error: null }])
      await sync.close()

      const rows = emulator.table.rows()
      expect(rows).toHaveLength(KILLS * ROWS_A_ROUND)
      const ids = rows.map(({ messageId }) => String(messageId))
      expect((await storeOf(archive).idsWithin('octo', EVERYTHING)).toSorted()).toEqual(ids.toSorted())
      const { messageCount, gaps, coverage } = await archive.status('octo')
      expect({ messageCount, gaps }).toEqual({ messageCount: ids.length, gaps: [] })
      expect(coverage).toHaveLength(1)
      const stored = await storeOf(archive).stored('octo', ids)
      const listed = rows.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, 100)
      for (const { messageId, status } of listed) {
        expect(stored.get(String(messageId))?.message.rawStatus).toBe(status)
      }
      const histories = [...(await archive.records('octo', ids)).values()].map(({ statusHistory }) =>
        statusHistory.map(({ status }) => status),
      )
      expect(histories.filter((each) => !['SENT', 'READ', 'SENT READ'].includes(each.join(' ')))).toEqual([])
      expect(histories.map((each) => each.join(' '))).toContain('SENT READ')
    })
  },
)

/** Some messages are sent, and some of those before are read. */
function live({ table }: OctopodsEmulator): void {
  const before = table.rows().slice(-2 * ROWS_A_ROUND)
  for (const { messageId } of before.filter((_, index) => index % 3 === 0)) {
    table.update(messageId, { status: 'READ' })
  }
  const first = table.rows().length + 1
  const now = Date.now()
  for (let index = 0; index < ROWS_A_ROUND; index += 1) {
    table.insert(octoRow(first + index, now - ROWS_A_ROUND + index))
  }
}
