import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../../src/index.js'
import { ENGINES } from '../../support/engines.js'
import { openOwn } from '../../support/own-archive.js'
import { archivedRows, NOON, shopRows, upstreamRows } from '../../support/shop-rows.js'
import { startShop } from '../../support/upstreams.js'

const WEEK_MS = 7 * 24 * 3_600_000
/** A second that has more rows than two pages can share. */
const CROWDED = NOON + 400_000

describe.each(ENGINES)('$engine: a history that could not be read with certainty', ({ createPlace }) => {
  it('has a gap there, which is reported, and closed once it was read again with certainty', async () => {
    const { archive } = await openOwn(createPlace)
    const isCrowded = (id: number): boolean => id >= 300 && id < 700
    const rows = shopRows(900).map((row) => (isCrowded(row.id) ? { ...row, createdAt: CROWDED } : row))
    const { emulator, source } = await startShop({ rows, tableOptions: { ties: 'shuffle' } })
    let clock = NOON + 3_600_000
    const told: SyncEvent[] = []
    const onEvent = (event: SyncEvent): unknown => told.push(event)
    const sync = createSync({ archive, sources: [source], now: () => (clock += 100), onEvent })
    await sync.once()
    const { gaps } = await archive.status('shop')
    expect(gaps.some(({ from, to }) => from <= CROWDED && CROWDED <= to)).toBe(true)
    // They come newest first.
    expect(told.filter(({ kind }) => kind === 'gap').toReversed()).toEqual(
      gaps.map(({ from, to }) => ({ kind: 'gap', source: 'shop', cause: 'reading', gap: { from, to } })),
    )
    clock += WEEK_MS
    await sync.once()
    expect((await archive.status('shop')).gaps).toEqual(gaps)
    for (const { id } of rows) if (isCrowded(id) && id >= 310) emulator.table.delete(id)
    for (let polls = 0; polls < 4; polls += 1) {
      clock += WEEK_MS
      await sync.once()
    }
    expect((await archive.status('shop')).gaps).toEqual([])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })
})
