import type { WacrEmulatorOptions } from '@waybill/emulators'
import { describe, expect, it } from 'vitest'
import { createSync } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'
import { storeOf } from '../../../src/open/archive.js'

const ROWS = 600

const ODDITIES: readonly { readonly name: string; readonly options: WacrEmulatorOptions }[] = [
  { name: 'tells no totals', options: { totals: false } },
  {
    name: 'serves 40 rows a page without saying so',
    options: { maxPerPage: 40, reportPerPage: false, totals: false },
  },
  {
    name: 'reshuffles equal times in bare lists',
    options: { envelope: 'array', tableOptions: { ties: 'shuffle' } },
  },
]

describe.each(ENGINES)('$engine: an upstream that', ({ createPlace }) => {
  it.each(ODDITIES)('$name is archived whole, and followed', async ({ options }) => {
    const { archive } = await openOwn(createPlace)
    // Three of one second.
    const rows = shopRows(ROWS).map((row) => ({ ...row, createdAt: NOON + Math.floor(row.id / 3) * 1000 }))
    const { emulator, source } = await startShop({ rows, ...options })
    const sync = createSync({ archive, sources: [source] })
    expect(await sync.once()).toMatchObject([{ added: ROWS, isComplete: true }])
    for (let id = ROWS + 1; id <= ROWS + 120; id += 1) emulator.table.insert(shopRow(id))
    for (let id = 100; id < 250; id += 1) {
      emulator.table.update(id, { status: 'read', isRead: true, updatedAt: NOON + 5_000_000 + id * 1000 })
    }
    expect(await sync.once()).toMatchObject([{ added: 120, changed: 150, isComplete: true }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    expect((await storeOf(archive).coverage('shop')).gaps).toEqual([])
    await sync.close()
  })

  it('begins to serve smaller pages in the middle of the history is archived whole', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({ rows: shopRows(2000), reportPerPage: false })
    const sync = createSync({
      archive,
      sources: [source],
      onEvent: ({ kind }) => {
        if (kind === 'history') emulator.settings.maxPerPage = 30
      },
    })
    expect(await sync.once()).toMatchObject([{ added: 2000, isComplete: true }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })
})
