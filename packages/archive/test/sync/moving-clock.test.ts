import { expect, test } from 'vitest'
import { createSync, openArchive } from '../../src/index.js'
import { octoRow, octoRows } from '../support/octo-rows.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

const HOUR_MS = 3_600_000

test('time that goes by while it is read what is due keeps nothing from being done', async () => {
  const { source } = await startShop({ rows: shopRows(3) })
  const archive = await openArchive({ url: 'sqlite::memory:' })
  let looks = 0
  const stop = new AbortController()
  const polled = Promise.withResolvers<string>()
  const sync = createSync({
    archive,
    sources: [source],
    now: () => Date.now() + (looks += 1),
    onEvent: ({ kind }) => polled.resolve(kind),
  })
  const done = sync.watch(stop.signal)
  expect(await polled.promise).toBe('synced')
  stop.abort()
  await done
  await sync.close()
  await archive.close()
})

test('a clock that is set back keeps no source waiting until it has caught up', async () => {
  const poll = { minPollMs: 50, maxPollMs: 50 }
  const shop = await startShop({ rows: shopRows(300) }, poll)
  const octo = await startOcto({ rows: octoRows(10, 1, NOON) }, poll)
  const archive = await openArchive({ url: 'sqlite::memory:' })
  let setBackMs = 0
  const sources = [shop.source, octo.source]
  const sync = createSync({ archive, sources, now: () => Date.now() - setBackMs })
  await sync.once()
  setBackMs = HOUR_MS
  shop.emulator.table.insert(shopRow(301))
  shop.emulator.table.update(7, { status: 'read', isRead: true, updatedAt: NOON + HOUR_MS })
  octo.emulator.table.insert(octoRow(11, NOON + HOUR_MS))
  const stop = new AbortController()
  const watched = sync.watch(stop.signal)
  await expect.poll(async () => (await storeOf(archive).span('octo')).count).toBe(11)
  await expect.poll(() => archivedRows(archive)).toEqual(upstreamRows(shop.emulator))
  stop.abort()
  await watched
  await sync.close()
  await archive.close()
})

test.each(ENGINES)(
  '$engine: a clock that is ahead of all others keeps its own pace',
  async ({ createPlace }) => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({}, { minPollMs: 2000, maxPollMs: 2000 })
    const sync = createSync({ archive, sources: [source], now: () => Date.now() + HOUR_MS })
    const stop = new AbortController()
    const watched = sync.watch(stop.signal)
    await expect.poll(() => emulator.log.length).toBeGreaterThan(2)
    stop.abort()
    await watched
    await sync.close()
  },
)
