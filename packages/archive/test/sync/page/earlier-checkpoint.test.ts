import { describe, expect, it } from 'vitest'
import { createSync } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'

describe.each(ENGINES)('$engine: a checkpoint that an earlier version wrote', ({ createPlace }) => {
  it('is gone on from, and a pass that was under way begins anew', async () => {
    const { archive } = await openOwn(createPlace)
    const { store } = archive
    const { emulator, source } = await startShop({ rows: shopRows(600) })
    const sync = createSync({ archive, sources: [source] })
    await sync.once()
    const [form, state] = JSON.parse((await store.checkpoint('shop', 'changes')) ?? '') as [number, object]
    const { endedAt: _, listed: __, ...earlier } = { endedAt: 0, listed: {}, ...state }
    const running = { begunAt: 1, isDeep: false, lists: ['OUTBOUND'], cursor: null, read: 0, awaited: [] }
    const lease = await store.acquire('shop', 'an earlier version', 1000)
    if (lease === null) throw new Error('Another process has the source.')
    const changes = JSON.stringify([form, { ...earlier, running }])
    await store.commit({ lease, observedAt: Date.now(), messages: [], checkpoints: { changes } })
    await store.release(lease)
    for (let id = 1; id <= 400; id += 1)
      emulator.table.update(id, { status: 'read', isRead: true, updatedAt: NOON + 10_000_000 + id })
    expect(await sync.once()).toMatchObject([{ changed: 400, isComplete: true }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })
})
