import { UpstreamError } from '@waybill/core'
import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../src/index.js'
import { cursorSource } from '../support/cursor-source.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const ROWS = 1700

describe.each(ENGINES)('$engine: a source with cursors of its own', ({ createPlace }) => {
  it('is archived whole and followed: what arrives, and what changes wherever it stands', async () => {
    const { archive: upstream } = await openOwn(createPlace)
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS) })
    const first = createSync({ archive: upstream, sources: [shop.source] })
    await first.once()
    const second = createSync({ archive, sources: [cursorSource(upstream, shop.source).source] })
    expect(await second.once()).toMatchObject([{ added: ROWS, isComplete: true }])
    shop.emulator.table.insert(shopRow(ROWS + 1))
    shop.emulator.table.update(3, { status: 'read', isRead: true, updatedAt: NOON + 5_000_000 })
    await first.once()
    expect(await second.once()).toMatchObject([{ added: 1, changed: 1, isComplete: true }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(shop.emulator))
    await first.close()
    await second.close()
  })

  it('is not read again because it counts what a poll has only just brought', async () => {
    const { archive: upstream } = await openOwn(createPlace)
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(300) })
    const first = createSync({ archive: upstream, sources: [shop.source] })
    await first.once()
    const purposes: string[] = []
    let now = Date.now()
    const second = createSync({
      archive,
      sources: [cursorSource(upstream, shop.source).source],
      now: () => now,
      onEvent: (event) => void (event.kind === 'history' && purposes.push(event.purpose)),
    })
    await second.once()
    for (let poll = 1; poll <= 4; poll += 1) {
      shop.emulator.table.insert(shopRow(300 + poll))
      await first.once()
      now += 3 * 3_600_000
      expect(await second.once()).toMatchObject([{ added: 1 }])
    }
    expect(new Set(purposes)).toEqual(new Set(['back-fill']))
    await first.close()
    await second.close()
  })

  it('is read from its beginning again when it refuses a cursor, and nothing that is stored is lost', async () => {
    const { archive: upstream } = await openOwn(createPlace)
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS) })
    const first = createSync({ archive: upstream, sources: [shop.source] })
    await first.once()
    const { source, invalidateCursors } = cursorSource(upstream, shop.source)
    const events: SyncEvent[] = []
    const counts: number[] = []
    const onEvent = (event: SyncEvent): void => {
      events.push(event)
      if (event.kind !== 'history') return
      counts.push(event.read)
      if (counts.length === 2) invalidateCursors()
    }
    const sync = createSync({ archive, sources: [source], onEvent })
    expect(await sync.once()).toMatchObject([{ added: ROWS, changed: 0, error: null, isComplete: true }])
    expect(events.filter(({ kind }) => kind === 'restarted')).toEqual([
      { kind: 'restarted', source: 'shop', reason: expect.stringContaining('expired') },
    ])
    expect(counts).toEqual([500, 1000, 500, 1000, 1500, ROWS])
    expect(await archivedRows(archive)).toEqual(upstreamRows(shop.emulator))
    await first.close()
    await sync.close()
  })

  it('is read again from the beginning, after a pause, when it rejects a cursor without saying that it is the cursor', async () => {
    const { archive: upstream } = await openOwn(createPlace)
    const { archive } = await openOwn(createPlace)
    const shop = await startShop({ rows: shopRows(ROWS) })
    const first = createSync({ archive: upstream, sources: [shop.source] })
    await first.once()
    const refusal = new UpstreamError('UPSTREAM_REJECTED', 'Bad request.', { source: 'shop' })
    const { source, invalidateCursors } = cursorSource(upstream, shop.source, refusal)
    const kinds: SyncEvent['kind'][] = []
    let now = Date.now()
    const onEvent = ({ kind }: SyncEvent): void => {
      if (kind === 'history' && !kinds.includes('history')) invalidateCursors()
      kinds.push(kind)
    }
    const sync = createSync({ archive, sources: [source], now: () => now, onEvent })
    expect(await sync.once()).toMatchObject([{ added: 500, error: { code: 'UPSTREAM_REJECTED' } }])
    expect(kinds.slice(-3)).toEqual(['history', 'restarted', 'failed'])
    now += 60_000
    expect(await sync.once()).toMatchObject([{ added: ROWS - 500, error: null, isComplete: true }])
    expect((await archive.status('shop')).lastError).toBeNull()
    expect(await archivedRows(archive)).toEqual(upstreamRows(shop.emulator))
    await first.close()
    await sync.close()
  })
})
