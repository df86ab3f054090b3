import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { octoRows } from '../support/octo-rows.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startOcto, startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

describe.each(ENGINES)('$engine: a sync that goes on', ({ createPlace }) => {
  it('meets what arrives, changes and is deleted, until it is stopped', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(250) }, { minPollMs: 200, maxPollMs: 400 })
    const sync = createSync({ archive, sources: [source] })
    const stop = new AbortController()
    const watched = sync.watch(stop.signal)
    const until = async (holds: () => Promise<boolean>): Promise<void> => {
      while (!(await holds())) await delay(20)
    }
    await until(async () => (await storeOf(archive).span('shop')).count === 250)
    emulator.table.insert(shopRow(251))
    emulator.table.update(100, { status: 'read', isRead: true, updatedAt: NOON + 1_000_000 })
    await until(async () => (await storeOf(archive).span('shop')).count === 251)
    emulator.table.delete(245)
    await until(async () => (await storeOf(archive).span('shop')).deletedCount === 1)
    await until(async () => (await archivedRows(archive)).get('100')?.isRead === true)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect((await archive.records('shop', ['245'])).get('245')?.deletedAt).toEqual(expect.any(Number))
    stop.abort()
    await watched
    await sync.close()
  })

  it('begins what is due though time passes while it looks what that is', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startOcto({ rows: octoRows(3, 1, NOON) })
    let time = Date.now()
    const sync = createSync({ archive, sources: [source], now: () => (time += 1) })
    const stop = new AbortController()
    emulator.onSelected(() => stop.abort())
    await sync.watch(stop.signal)
    expect(emulator.log).toHaveLength(1)
    await sync.close()
  })
})
