import { describe, expect, it } from 'vitest'
import { createSync } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const ROWS = 700
const START = NOON + 3_600_000
const DAY_MS = 86_400_000

describe.each(ENGINES)(
  '$engine: many messages that the upstream touches, as they stand, without a change',
  ({ createPlace }) => {
    it('hide what changed before them for no longer than a day', async () => {
      const { archive } = await openOwn(createPlace)
      const { emulator, source } = await startShop({ rows: shopRows(ROWS) })
      let now = START
      const sync = createSync({ archive, sources: [source], now: () => now })
      await sync.once()
      emulator.table.update(5, { status: 'read', isRead: true, updatedAt: START })
      for (let id = 401; id <= ROWS; id += 1) emulator.table.update(id, { updatedAt: START + id * 1000 })
      for (let hour = 1; hour <= 25; hour += 8) {
        now = START + (hour * DAY_MS) / 24
        await sync.once()
      }
      expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
      emulator.log.length = 0
      now += 60_000
      expect(await sync.once()).toMatchObject([{ requests: 2 }])
      await sync.close()
    })

    it.each([
      { age: 'a day, where the message is not older than a week', since: START, days: [0.9, 0.2] },
      { age: 'four weeks, where it is older', since: START + 30 * DAY_MS, days: [13, 14, 2] },
    ])('hide it for no longer than $age', async ({ since, days }) => {
      const { archive } = await openOwn(createPlace)
      const rows = shopRows(1500).map((row) => ({ ...row, direction: 'outbound' as const }))
      const { emulator, source } = await startShop({ rows })
      let now = since
      const sync = createSync({ archive, sources: [source], now: () => (now += 1) })
      await sync.once()
      emulator.table.update(5, { status: 'read', isRead: true, updatedAt: since })
      for (let id = 201; id <= 1500; id += 1) emulator.table.update(id, { updatedAt: since + id * 1000 })
      now += 60_000
      await sync.once()
      for (const each of days) {
        expect((await storeOf(archive).stored('shop', ['5'])).get('5')?.message.status).toBe('SENT')
        now += each * DAY_MS
        await sync.once()
      }
      expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
      await sync.close()
    })
  },
)
