import { describe, expect, it } from 'vitest'
import { createSync, type SyncEvent } from '../../src/index.js'
import { ENGINES } from '../support/engines.js'
import { openOwn } from '../support/own-archive.js'
import { archivedRows, NOON, shopRow, shopRows, upstreamRows } from '../support/shop-rows.js'
import { startShop } from '../support/upstreams.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** What the source declares: a minute. Of messages sent within twice that it is not known yet that none is missing. */
const SKEW_MS = 2 * 60_000

describe.each(ENGINES)('$engine: what an archive was compared with', ({ createPlace }) => {
  it('is recorded with the time: everything at first, the last days every night, everything once a month', async () => {
    const { archive } = await openOwn(createPlace)
    const { source } = await startShop({ rows: shopRows(300) })
    let now = NOON + DAY_MS
    const begun = now
    const froms: number[] = []
    const onEvent = (event: SyncEvent): void => {
      if (event.kind === 'history' && event.isDone) froms.push(event.from)
    }
    const sync = createSync({ archive, sources: [source], now: () => now, onEvent })
    await sync.once()
    const first = { from: 0, to: begun - SKEW_MS - 1, at: begun }
    expect((await archive.status('shop')).proven).toEqual([first])
    for (let hours = 1; hours <= 49; hours += 1) {
      now += HOUR_MS
      await sync.once()
    }
    const nights = [begun + DAY_MS, begun + 2 * DAY_MS]
    expect(froms).toEqual([0, ...nights.map((night) => night - 7 * DAY_MS)])
    const [night, next] = [nights[0] ?? 0, nights[1] ?? 0]
    expect((await archive.status('shop')).proven).toEqual([
      { ...first, to: night - 7 * DAY_MS - 1 },
      { from: night - 7 * DAY_MS, to: next - 7 * DAY_MS - 1, at: night },
      { from: next - 7 * DAY_MS, to: next - SKEW_MS - 1, at: next },
    ])
    now = begun + 28 * DAY_MS
    await sync.once()
    expect((await archive.status('shop')).proven).toEqual([{ from: 0, to: now - SKEW_MS - 1, at: now }])
    await sync.close()
  })

  it('and how often can be set', async () => {
    const { archive } = await openOwn(createPlace)
    const { source } = await startShop({ rows: shopRows(300) })
    const reconcile = { recentMs: 2 * DAY_MS, recentEveryMs: 6 * HOUR_MS, allEveryMs: 5 * DAY_MS }
    let now = NOON + DAY_MS
    const begun = now
    const done: number[][] = []
    const onEvent = (event: SyncEvent): void => {
      if (event.kind === 'history' && event.isDone)
        done.push([(now - begun) / HOUR_MS, (now - event.from) / DAY_MS])
    }
    const sync = createSync({ archive, sources: [{ ...source, reconcile }], now: () => now, onEvent })
    await sync.once()
    for (let hours = 1; hours <= 19; hours += 1) {
      now += HOUR_MS
      await sync.once()
    }
    expect(done.slice(1)).toEqual([
      [6, 2],
      [12, 2],
      [18, 2],
    ])
    now = begun + 5 * DAY_MS
    await sync.once()
    expect(done.at(-1)).toEqual([120, now / DAY_MS])
    await sync.close()
  })

  it('finds what was imported into the past, and what was deleted there, in the last days by the next night', async () => {
    const { archive } = await openOwn(createPlace)
    const { emulator, source } = await startShop({
      rows: shopRows(700).filter(({ id }) => id < 300 || id > 320),
    })
    let now = NOON + DAY_MS
    const sync = createSync({ archive, sources: [source], now: () => now })
    await sync.once()
    // With the times that they would have had then, so that no list has them at its head; and as many are gone.
    for (let id = 300; id <= 320; id += 1) emulator.table.insert(shopRow(id))
    for (let id = 100; id <= 120; id += 1) emulator.table.delete(id)
    now += HOUR_MS
    await sync.once()
    expect(await archivedRows(archive)).not.toEqual(upstreamRows(emulator))
    now += 24 * HOUR_MS
    expect(await sync.once()).toMatchObject([{ added: 21, deleted: 21 }])
    expect(await archivedRows(archive)).toEqual(upstreamRows(emulator))
    await sync.close()
  })

  it('is not recorded for a reading that could not be certain, which is repeated ever more rarely', async () => {
    const { archive } = await openOwn(createPlace)
    // A second that has more rows than two pages can share.
    const rows = shopRows(900).map((row) =>
      row.id >= 300 && row.id < 700 ? { ...row, createdAt: NOON + 400_000 } : row,
    )
    const { source } = await startShop({ rows, tableOptions: { ties: 'shuffle' } })
    let now = NOON + HOUR_MS
    const begun = now
    const hours = new Set<number>()
    const onEvent = (event: SyncEvent): void => {
      if (event.kind === 'history' && event.isDone) hours.add((now - begun) / HOUR_MS)
    }
    const rateLimit = { requests: 1_000_000, perSeconds: 1 }
    const sync = createSync({ archive, sources: [{ ...source, rateLimit }], now: () => now, onEvent })
    await sync.once()
    for (let passed = 1; passed <= 20; passed += 1) {
      now += HOUR_MS
      await sync.once()
    }
    const { proven, reconcileWarnings } = await archive.status('shop')
    expect(proven).toEqual([])
    expect(reconcileWarnings.map(({ code }) => code)).toContain('TIES_UNPROVEN')
    expect([...hours]).toEqual([0, 1, 3, 7, 15])
    await sync.close()
  })
})
