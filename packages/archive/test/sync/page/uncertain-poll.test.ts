import { describe, expect, it } from 'vitest'
import { createSync } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const HOUR_MS = 3_600_000
const NO_LIMIT = { requests: 1_000_000, perSeconds: 1 }

describe.each(ENGINES)(
  '$engine: a poll that cannot be certain to have met every message',
  ({ createPlace }) => {
    it('leaves its span as missing, once, until the history has been read with certainty', async () => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(600), tableOptions: { ties: 'shuffle' } })
      let clock = NOON + HOUR_MS
      const sources = [{ ...source, rateLimit: NO_LIMIT }]
      const sync = createSync({ archive, sources, now: () => (clock += 1) })
      const pollAfter = async (ms: number): Promise<number> => {
        clock += ms
        expect(await sync.once()).toMatchObject([{ isComplete: true }])
        const { coverage, lastSyncedAt } = await archive.status('shop')
        // what is suspect is late, until it is known to be missing.
        expect(coverage.at(-1)?.to).toBe(lastSyncedAt)
        return coverage.length
      }
      const { maxPollMs } = source.poll
      expect(await pollAfter(0)).toBe(1)
      // More of one time than two pages can have in common.
      const at = Math.ceil(clock / 1000) * 1000
      for (let id = 601; id <= 950; id += 1) emulator.table.insert(shopRow(id, { createdAt: at }))
      for (let polls = 0; polls < 3; polls += 1) await pollAfter(maxPollMs)
      const spans = (await storeOf(archive).coverage('shop')).coverage.length
      expect(spans).toBeGreaterThan(1)
      for (let polls = 0; polls < 3; polls += 1) expect(await pollAfter(maxPollMs)).toBe(spans)
      for (let id = 601; id <= 900; id += 1) emulator.table.delete(id)
      await pollAfter(9 * 24 * HOUR_MS)
      expect(await pollAfter(maxPollMs)).toBe(1)
      expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
      await sync.close()
    })
  },
)
