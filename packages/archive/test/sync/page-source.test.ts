import { describe, expect, it } from 'vitest'
import { createSync } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'
import { storeOf } from '../../src/open/archive.js'

/** The clock goes on between two syncs only: one that takes longer than a turn reads a page or two again. */
const LATER = NOON + 3_600_000

describe.each(ENGINES)('$engine: a source that is read in pages', ({ createPlace }) => {
  it('is filled to the last message, with directions, at the cost of one traversal', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(1234) })
    const sync = createSync({ archive, sources: [source], now: () => LATER })
    const [result] = await sync.once()
    expect(result).toEqual({
      source: 'shop',
      added: 1234,
      changed: 0,
      deleted: 0,
      requests: 18,
      isComplete: true,
      error: null,
    })
    expect(emulator.log).toHaveLength(18)
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    const { coverage, gaps } = await storeOf(archive).coverage('shop')
    expect(coverage).toEqual([{ from: 0, to: (await storeOf(archive).progress('shop')).lastSyncedAt }])
    expect(gaps).toEqual([])
  })

  it('is asked for the heads of two lists where nothing happened', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(300) })
    let now = LATER
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    now += 60_000
    emulator.log.length = 0
    expect(await sync.once()).toMatchObject([{ added: 0, changed: 0, requests: 2, isComplete: true }])
    expect(emulator.log.map((record) => record.params['sort'])).toEqual(['-created_at', '-updated_at'])
  })

  it('is followed: what arrives, what changes wherever it stands, and what is deleted', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(700) })
    let now = LATER
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    now += 60_000
    for (let id = 701; id <= 706; id += 1) emulator.table.insert(shopRow(id))
    emulator.table.update(3, { status: 'read', updatedAt: NOON + 2_000_000 })
    emulator.table.delete(690)
    expect(await sync.once()).toMatchObject([{ added: 6, changed: 1, deleted: 1, isComplete: true }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect((await storeOf(archive).stored('shop', ['690'])).get('690')).toMatchObject({ deleted: true })
  })
})
